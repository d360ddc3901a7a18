// The node's OpenAPI document as types. Rewritten by `npm run api`.
export interface paths {
  '/api/v1/session': {
    get: {
      responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } };
    };
    post: {
      requestBody: { content: { 'application/json': components['schemas']['SignIn'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } };
    };
    delete: { responses: { 204: { content?: never } } };
  };
}

export interface components {
  schemas: {
    SignIn: { login: string; password: string };
    Session: {
      account: string;
      login: string;
      display_name: string;
      role: string;
      organisation: string;
      organisation_name: string;
      teams: string[];
      demo: boolean;
    };
  };
}
