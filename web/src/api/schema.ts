// The node's OpenAPI document as types. Rewritten by `npm run api`.

export interface paths {
  '/api/v1/node': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['NodeInfo'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/session': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['SessionInfo'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SignIn'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['SessionInfo'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    delete: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/activation': {
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['Activate'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/password': {
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['ChangePassword'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/devices': {
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['EnrolDevice'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['EnrolledDevice'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['DeviceList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/devices/mine': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['DeviceList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/devices/{device}/lost': {
    post: {
      parameters: { path: { device: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/sync': {
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SyncRequest'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['SyncAnswer'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/reference': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['Reference'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/today': {
    get: {
      parameters: { query: components['schemas']['TodayQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['Today'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/rounds': {
    get: {
      parameters: { query: components['schemas']['RoundsQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['RoundList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/reports/day': {
    get: {
      parameters: { query: components['schemas']['TodayQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['DayReportView'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/quarantine': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['QuarantineList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/quarantine/{entry}/resolve': {
    post: {
      parameters: { path: { entry: string } };
      requestBody: { content: { 'application/json': { decision: components['schemas']['QuarantineDecision'] } } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/entries/{entry}/own': {
    get: {
      parameters: { path: { entry: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['OwnEntry'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/people': {
    get: {
      parameters: { query: components['schemas']['PeopleQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['PeopleList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/people/{person}': {
    get: {
      parameters: { path: { person: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['PersonCard'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/people/{person}/history': {
    get: {
      parameters: { query?: { page?: number }; path: { person: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['History'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/people/{person}/erasure': {
    post: {
      parameters: { path: { person: string } };
      requestBody: { content: { 'application/json': { asked_by: string } } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/people/{person}/ledger': {
    get: {
      parameters: { path: { person: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['LedgerList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/ledger': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['LedgerList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/figures': {
    get: {
      parameters: { query: components['schemas']['FigureQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['Figure'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/figures/entries': {
    get: {
      parameters: { query: components['schemas']['FigureQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['FigureEntries'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/organisations': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['OrganisationList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SetOrganisation'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Made'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/teams': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['TeamList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SetTeam'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Made'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/projects': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['ProjectList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SetProject'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Made'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/places': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['PlaceList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['SetPlace'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Made'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/accounts': {
    get: {
      parameters: {  };
      responses: { 200: { content: { 'application/json': components['schemas']['AccountList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
    post: {
      parameters: {  };
      requestBody: { content: { 'application/json': components['schemas']['ProposeAccount'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Made'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/accounts/{account}/confirm': {
    post: {
      parameters: { path: { account: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['ActivationCode'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/accounts/{account}/code': {
    post: {
      parameters: { path: { account: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['ActivationCode'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/accounts/{account}/revoke': {
    post: {
      parameters: { path: { account: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/accounts/{account}/teams': {
    post: {
      parameters: { path: { account: string } };
      requestBody: { content: { 'application/json': { teams: string[] } } };
      responses: { 200: { content: { 'application/json': components['schemas']['Empty'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
  '/api/v1/communes': {
    get: {
      parameters: { query: components['schemas']['CommuneQuery'] };
      responses: { 200: { content: { 'application/json': components['schemas']['CommuneList'] } }; default: { content: { 'application/problem+json': components['schemas']['Problem'] } } };
    };
  };
}

export interface components {
  schemas: {
    Problem: { status: number; title: string; code: string; field?: string; rule?: string; detail?: string; reference?: string };
    AccountChange: 'activated' | 'revoked' | 'teams';
    AccountStatus: 'proposed' | 'confirmed' | 'active' | 'revoked';
    Acquaintance: 'known' | 'new';
    AgeBand: 'under_16' | 'from_16_to_17' | 'from_18_to_20' | 'from_21_to_25' | 'from_26_to_29' | 'from_30';
    Ambience: 'calm' | 'lively' | 'tense' | 'empty';
    Barrier: 'mobility' | 'housing' | 'language' | 'literacy' | 'digital' | 'childcare' | 'family' | 'self_esteem' | 'isolation' | 'work_relation' | 'representations' | 'schedule' | 'temporality' | 'money' | 'admin_rights' | 'skills' | 'other';
    Basis: 'public_interest' | 'consent';
    ContactMode: 'street' | 'phone' | 'network' | 'site' | 'home';
    Dimension: 'none' | 'commune' | 'district' | 'project' | 'team' | 'age_band' | 'sex';
    FactKind: 'encounter' | 'contact' | 'round' | 'watch' | 'visit';
    HowExplained: 'shown' | 'read_aloud';
    IdentityLevel: 'alias' | 'identified';
    ImmediateService: 'listening' | 'social_bond' | 'hygiene' | 'snack' | 'orientation' | 'accompaniment' | 'shelter';
    Indicator: 'encounters' | 'I01' | 'I02' | 'I03a' | 'I16';
    LocatedBy: 'outline' | 'asked';
    MinorChoice: 'mission_locale' | 'cio' | 'bond_kept' | 'school' | 'family_mediation';
    NextStep: 'nothing' | 'meet_again' | 'call_back' | 'appointment';
    OutlineKind: 'commune' | 'district';
    Perimeter: 'team' | 'consortium' | 'public';
    PersonWord: 'jeune' | 'personne' | 'usager';
    PlaceType: 'street' | 'hall' | 'estate' | 'square' | 'station' | 'skate_park' | 'stadium' | 'market' | 'shopping_centre' | 'school_gate' | 'social_centre' | 'youth_centre' | 'sport_event' | 'event' | 'mobile_stop' | 'inclusion_enterprise' | 'partner_site' | 'own_site' | 'other';
    Purpose: 'follow_up' | 'contact_me' | 'share_with_team' | 'statistics';
    QuarantineDecision: 'accept' | 'discard';
    ReachKind: 'phone' | 'message' | 'email' | 'in_person';
    Receipt: 'accepted' | 'duplicate' | 'quarantined';
    ReceiptForm: 'screen' | 'paper' | 'refused';
    RetainedBecause: 'erased' | 'detail_expired';
    Role: 'outreach_worker' | 'volunteer' | 'reception_agent' | 'adviser' | 'solution_partner' | 'coordinator' | 'evaluator' | 'funder' | 'trainee' | 'dpo' | 'administrator';
    RowState: 'on_device' | 'sending' | 'sent' | 'to_check';
    Sex: 'woman' | 'man' | 'other';
    SocialNetwork: 'instagram' | 'snapchat' | 'tiktok' | 'discord' | 'whatsapp' | 'facebook' | 'other';
    SyncActionKind: 'send' | 'pull' | 'timer' | 'forget';
    SyncEventKind: 'saved' | 'wake' | 'answered' | 'failed' | 'refused' | 'signed_in' | 'pulled' | 'restarted';
    VisitReason: 'information' | 'appointment' | 'workshop' | 'job_search' | 'rights' | 'digital_access' | 'rest' | 'other';
    AccountChanged: {
      change: components['schemas']['AccountChange'];
      teams: string[];
    };
    AccountConfirmed: {
      confirmed_by: string;
    };
    AccountList: {
      rows: components['schemas']['AccountRow'][];
    };
    AccountProposed: {
      login: string;
      display_name: string;
      role: components['schemas']['Role'];
      organisation: string;
      teams: string[];
    };
    AccountQuery: {
      account: string;
    };
    AccountRow: {
      id: string;
      login: string;
      display_name: string;
      role: components['schemas']['Role'];
      status: components['schemas']['AccountStatus'];
      organisation: components['schemas']['Named'];
      teams: components['schemas']['Named'][];
      proposed_by: string;
      may_confirm: boolean;
    };
    AccountState: {
      status: components['schemas']['AccountStatus'];
      login: string;
      display_name: string;
      role: components['schemas']['Role'];
      organisation: string;
      teams: string[];
      proposed_by: string;
      confirmed_by?: string;
      teams_hlc: string;
      teams_entry: string;
      proposed_hlc: string;
      proposed_entry: string;
    };
    Activate: {
      login: string;
      code: string;
      password: string;
    };
    ActivationCode: {
      login: string;
      code: string;
      valid_until: number;
    };
    ChangePassword: {
      current: string;
      password: string;
    };
    Commune: {
      code: string;
      name: string;
      postcodes: string[];
    };
    CommuneList: {
      rows: components['schemas']['Commune'][];
    };
    CommuneQuery: {
      query: string;
    };
    ConcernReported: {
      on: string;
      recipient: string;
    };
    Confirmed: {
      entry: string;
      collection: string;
    };
    ConsentRecorded: {
      answers: components['schemas']['PurposeAnswer'][];
      how: components['schemas']['HowExplained'];
      wording: string;
      receipt_number: string;
      receipt: components['schemas']['ReceiptForm'];
      replaces: string[];
    };
    ConsentState: {
      purpose: components['schemas']['Purpose'];
      basis: components['schemas']['Basis'];
      agreed: boolean;
      entry: string;
      hlc: string;
      on: string;
    };
    Contact: {
      team: string;
      round?: string;
      place?: string;
      project?: string;
      mode: components['schemas']['ContactMode'];
      services: components['schemas']['ImmediateService'][];
      barriers: components['schemas']['Barrier'][];
      next_step?: components['schemas']['NextStep'];
      next_on?: string;
      note?: string;
    };
    CountLine: {
      key: string;
      number: number;
    };
    DayReport: {
      team: string;
      day: string;
      text: string;
    };
    DayReportView: {
      day: string;
      team: components['schemas']['Named'];
      rounds: components['schemas']['ReportRound'][];
      encounters: number;
      contacts: number;
      persons: number;
      new_persons: number;
      visits: number;
      watch_minutes: number;
      replies: number;
      conversations: number;
      refusals: number;
      services: components['schemas']['CountLine'][];
      barriers: components['schemas']['CountLine'][];
      age_bands: components['schemas']['CountLine'][];
      sexes: components['schemas']['CountLine'][];
      places: components['schemas']['CountLine'][];
      text: string;
    };
    DayRow: {
      entry: string;
      subject: string;
      kind: string;
      occurred: components['schemas']['LocalStamp'];
      author_name: string;
      own: boolean;
      undone: boolean;
      unconfirmed: boolean;
      person?: string;
      body: Record<string, unknown>;
    };
    DeclareLost: {
      device: string;
    };
    DeviceEnrolled: {
      account: string;
      label: string;
      organisation?: string;
    };
    DeviceList: {
      rows: components['schemas']['DeviceRow'][];
    };
    DeviceLost: {
      declared_by: string;
    };
    DeviceRow: {
      device: string;
      account: string;
      account_name: string;
      label: string;
      enrolled?: string;
      lost: boolean;
    };
    DeviceState: {
      account: string;
      organisation: string;
      label: string;
      enrolled?: string;
      lost: boolean;
      hlc: string;
      entry: string;
    };
    Empty: Record<string, never>;
    Encounter: {
      count: number;
      team: string;
      round?: string;
      place?: string;
      project?: string;
      sex?: components['schemas']['Sex'];
      age_band?: components['schemas']['AgeBand'];
      acquaintance?: components['schemas']['Acquaintance'];
      mode?: components['schemas']['ContactMode'];
      services: components['schemas']['ImmediateService'][];
      barriers: components['schemas']['Barrier'][];
    };
    EnrolDevice: {
      label: string;
    };
    EnrolledDevice: {
      device: string;
      token: string;
    };
    ErasePerson: {
      person: string;
      asked_by: string;
    };
    Fact: {
      entry: string;
      kind: components['schemas']['FactKind'];
      day: string;
      organisation: string;
      team: string;
      project?: string;
      commune?: string;
      district?: string;
      sex?: components['schemas']['Sex'];
      age_band?: components['schemas']['AgeBand'];
      detail?: string;
      counts: boolean;
      outside: boolean;
      number: number;
      minutes: number;
      refusals: number;
      replies: number;
      conversations: number;
      person?: unknown;
    };
    FactsRetained: {
      because: components['schemas']['RetainedBecause'];
      facts: components['schemas']['Fact'][];
      persons: components['schemas']['PersonFact'][];
    };
    Figure: {
      indicator: components['schemas']['Indicator'];
      label: string;
      definition_version: number;
      definition: string;
      period: string;
      from: string;
      to: string;
      perimeter: components['schemas']['Perimeter'];
      perimeter_label: string;
      total?: number;
      denominator?: number;
      percent?: number;
      n: number;
      unknown?: number;
      masked: number;
      beside: components['schemas']['CountLine'][];
      by?: components['schemas']['Dimension'];
      rows: components['schemas']['FigureRow'][];
      entries_open: boolean;
      notes: string[];
      computed_at: number;
    };
    FigureEntries: {
      rows: components['schemas']['DayRow'][];
      total: number;
    };
    FigureQuery: {
      indicator: components['schemas']['Indicator'];
      period: string;
      by?: components['schemas']['Dimension'];
      team?: string;
      project?: string;
      perimeter?: components['schemas']['Perimeter'];
      today?: string;
    };
    FigureRow: {
      key: string;
      label: string;
      number?: number;
      denominator?: number;
      percent?: number;
      masked: boolean;
    };
    GeoPoint: {
      latitude_e7: number;
      longitude_e7: number;
    };
    HeardAnswer: {
      purpose: components['schemas']['Purpose'];
      agreed: boolean;
      hlc: string;
      entry: string;
      author: string;
      on: string;
      replaces: string[];
    };
    History: {
      rows: components['schemas']['DayRow'][];
      total: number;
    };
    HistoryQuery: {
      person: string;
      page?: number;
    };
    IdentityGiven: {
      first_name: string;
      surname?: string;
      reach_kind?: components['schemas']['ReachKind'];
      reach?: string;
      born?: string;
      replaces: string[];
    };
    LatestAgeBand: {
      hlc: string;
      value?: components['schemas']['AgeBand'];
      entry: string;
    };
    LatestSex: {
      hlc: string;
      value?: components['schemas']['Sex'];
      entry: string;
    };
    LedgerItem: {
      at: number;
      account_name: string;
      organisation_name: string;
      action: string;
      purpose: string;
      subjects: number;
    };
    LedgerList: {
      rows: components['schemas']['LedgerItem'][];
    };
    LocalStamp: {
      instant: number;
      date: string;
      minute: number;
      offset: number;
    };
    Made: {
      id: string;
    };
    MinorAct: {
      entry: string;
      on: string;
      choice?: components['schemas']['MinorChoice'];
      recipient?: string;
    };
    MinorInformed: {
      choice: components['schemas']['MinorChoice'];
      wording: string;
    };
    Named: {
      id: string;
      name: string;
    };
    NodeInfo: {
      sealing_key: string;
      version: string;
      demo: boolean;
    };
    OpenRound: {
      id: string;
      state: components['schemas']['RoundState'];
    };
    OrganisationList: {
      rows: components['schemas']['OrganisationRow'][];
    };
    OrganisationRow: {
      id: string;
      set: components['schemas']['OrganisationSet'];
    };
    OrganisationSet: {
      name: string;
      kind: string;
      convention_from: string;
      convention_to: string;
      zone: string;
      person_word: components['schemas']['PersonWord'];
      crip?: string;
      stop_contact?: string;
    };
    OrganisationState: {
      set: components['schemas']['OrganisationSet'];
      hlc: string;
      entry: string;
    };
    OutboxRow: {
      id: string;
      sequence: number;
      bytes: number;
      state: components['schemas']['RowState'];
      acknowledged?: number;
      reason?: string;
    };
    Outline: {
      kind: components['schemas']['OutlineKind'];
      code: string;
      name: string;
      department: string;
      valid_from: string;
      valid_to?: string;
      rings: number[][];
      fictitious: boolean;
    };
    OwnEntry: {
      kind: string;
      occurred: components['schemas']['LocalStamp'];
      reason: string;
      body: Record<string, unknown>;
    };
    OwnEntryQuery: {
      entry: string;
    };
    PeopleList: {
      rows: components['schemas']['PersonRow'][];
      total: number;
    };
    PeopleQuery: {
      team: string;
      query?: string;
      page?: number;
    };
    PersonCard: {
      id: string;
      shown: string;
      state: components['schemas']['PersonState'];
      team_name?: string;
      authors: components['schemas']['Named'][];
    };
    PersonCreated: {
      alias: string;
      team: string;
      project?: string;
      recognise?: string;
      sex?: components['schemas']['Sex'];
      age_band?: components['schemas']['AgeBand'];
    };
    PersonDescribed: {
      alias?: string;
      recognise?: string;
      sex?: components['schemas']['Sex'];
      age_band?: components['schemas']['AgeBand'];
      replaces: string[];
    };
    PersonErased: {
      asked_by: string;
    };
    PersonFact: {
      person: unknown;
      sex?: components['schemas']['Sex'];
      age_band?: components['schemas']['AgeBand'];
      identified: boolean;
      erased: boolean;
    };
    PersonQuery: {
      person: string;
    };
    PersonRow: {
      id: string;
      shown: string;
      recognise?: string;
      level: components['schemas']['IdentityLevel'];
      age_band?: components['schemas']['AgeBand'];
      last_contact?: string;
      next_step?: components['schemas']['NextStep'];
      next_on?: string;
      disputed: boolean;
    };
    PersonState: {
      level: components['schemas']['IdentityLevel'];
      team?: string;
      project?: string;
      created?: components['schemas']['LocalStamp'];
      alias: components['schemas']['TextRegister'];
      recognise: components['schemas']['TextRegister'];
      first_name: components['schemas']['TextRegister'];
      surname: components['schemas']['TextRegister'];
      reach: components['schemas']['TextRegister'];
      born?: string;
      sex: components['schemas']['LatestSex'];
      age_band: components['schemas']['LatestAgeBand'];
      contact_count: number;
      first_contact?: string;
      last_contact?: string;
      recent: components['schemas']['RecentContact'][];
      consents: components['schemas']['ConsentState'][];
      receipts: components['schemas']['ReceiptState'][];
      minor_acts: components['schemas']['MinorAct'][];
      erased: boolean;
      created_entry?: string;
      born_hlc: string;
      born_entry: string;
      heard: components['schemas']['HeardAnswer'][];
      undone: string[];
      confirmed: string[];
    };
    PlaceList: {
      rows: components['schemas']['PlaceRow'][];
    };
    PlaceRow: {
      id: string;
      name: string;
      type: components['schemas']['PlaceType'];
      latitude_e7?: number;
      longitude_e7?: number;
      commune?: string;
      commune_name?: string;
      district?: string;
      district_name?: string;
      fictitious: boolean;
      active: boolean;
    };
    PlaceSet: {
      name: string;
      type: components['schemas']['PlaceType'];
      latitude_e7?: number;
      longitude_e7?: number;
      commune?: string;
      located_by?: components['schemas']['LocatedBy'];
      active: boolean;
    };
    PlaceState: {
      set: components['schemas']['PlaceSet'];
      hlc: string;
      entry: string;
    };
    ProjectList: {
      rows: components['schemas']['ProjectRow'][];
    };
    ProjectRow: {
      id: string;
      set: components['schemas']['ProjectSet'];
    };
    ProjectSet: {
      name: string;
      funder?: string;
      axis?: string;
      from: string;
      to: string;
      organisations: string[];
    };
    ProjectState: {
      set: components['schemas']['ProjectSet'];
      hlc: string;
      entry: string;
    };
    ProposeAccount: {
      account: components['schemas']['AccountProposed'];
    };
    PurposeAnswer: {
      purpose: components['schemas']['Purpose'];
      basis: components['schemas']['Basis'];
      agreed: boolean;
    };
    QuarantineItem: {
      entry: string;
      received: number;
      author_name: string;
      kind: string;
      reason: string;
      reminder: boolean;
    };
    QuarantineList: {
      rows: components['schemas']['QuarantineItem'][];
    };
    ReceiptState: {
      entry: string;
      number: string;
      on: string;
      form: components['schemas']['ReceiptForm'];
    };
    RecentContact: {
      entry: string;
      occurred: components['schemas']['LocalStamp'];
      author: string;
      mode: components['schemas']['ContactMode'];
      services: components['schemas']['ImmediateService'][];
      barriers: components['schemas']['Barrier'][];
      next_step?: components['schemas']['NextStep'];
      next_on?: string;
      note?: string;
      locked: boolean;
    };
    Reference: {
      teams: components['schemas']['TeamRow'][];
      projects: components['schemas']['Named'][];
      places: components['schemas']['PlaceRow'][];
      outlines: components['schemas']['Outline'][];
    };
    RegisterValue: {
      entry: string;
      value: string;
    };
    ReportRound: {
      state: components['schemas']['RoundState'];
      member_names: string[];
      stop_names: string[];
    };
    ResolveQuarantine: {
      entry: string;
      decision: components['schemas']['QuarantineDecision'];
    };
    RoundEnded: {
      refusals: number;
      ambience?: components['schemas']['Ambience'];
      kilometres?: number;
      observation?: string;
    };
    RoundList: {
      rows: components['schemas']['OpenRound'][];
      total: number;
    };
    RoundMoved: {
      place: string;
    };
    RoundStarted: {
      round_kind: string;
      team: string;
      project?: string;
      members: string[];
      volunteers: number;
      stops: string[];
    };
    RoundState: {
      started_entry?: string;
      started?: components['schemas']['LocalStamp'];
      ended?: components['schemas']['LocalStamp'];
      round_kind: string;
      team?: string;
      project?: string;
      members: string[];
      volunteers: number;
      stops: string[];
      at?: string;
      moved?: components['schemas']['LocalStamp'];
      moves: components['schemas']['WalkedStop'][];
      encounter_count: number;
      refusals: number;
      ambience?: components['schemas']['Ambience'];
      kilometres?: number;
      observation?: string;
      ended_entry?: string;
      planned: string[];
      undone: string[];
    };
    RoundsQuery: {
      team: string;
      page?: number;
    };
    SealedDraft: {
      id: string;
      sequence: number;
      sealed: string;
    };
    SessionInfo: {
      account: string;
      login: string;
      display_name: string;
      role: components['schemas']['Role'];
      organisation: components['schemas']['Named'];
      teams: components['schemas']['Named'][];
      person_word: components['schemas']['PersonWord'];
      crip?: string;
      stop_contact?: string;
      csrf: string;
      day_salt: string;
      expires: number;
      rules: string[];
    };
    SetAccountTeams: {
      account: string;
      teams: string[];
    };
    SetOrganisation: {
      id?: string;
      set: components['schemas']['OrganisationSet'];
    };
    SetPlace: {
      id?: string;
      set: components['schemas']['PlaceSet'];
    };
    SetProject: {
      id?: string;
      set: components['schemas']['ProjectSet'];
    };
    SetTeam: {
      id?: string;
      set: components['schemas']['TeamSet'];
    };
    SignIn: {
      login: string;
      password: string;
    };
    SyncAction: {
      kind: components['schemas']['SyncActionKind'];
      ids: string[];
      at?: number;
      cursor?: number;
    };
    SyncAnswer: {
      results: components['schemas']['SyncResult'][];
      server_time: number;
    };
    SyncEvent: {
      kind: components['schemas']['SyncEventKind'];
      now: number;
      id?: string;
      bytes?: number;
      results: components['schemas']['SyncResult'][];
      retry_after_ms?: number;
      cursor?: number;
      forced?: boolean;
    };
    SyncRequest: {
      entries: components['schemas']['SealedDraft'][];
      database_vanished?: boolean;
    };
    SyncResult: {
      id: string;
      receipt: components['schemas']['Receipt'];
      recv_seq: number;
      reason?: string;
    };
    SyncState: {
      rows: components['schemas']['OutboxRow'][];
      next_sequence: number;
      in_flight: boolean;
      sign_in_needed: boolean;
      failures: number;
      not_before?: number;
      last_exchange?: number;
      pull_wanted: boolean;
      cursor: number;
    };
    SyncStep: {
      state: components['schemas']['SyncState'];
      actions: components['schemas']['SyncAction'][];
    };
    TeamList: {
      rows: components['schemas']['TeamSettingsRow'][];
    };
    TeamRow: {
      id: string;
      name: string;
      site?: string;
      members: components['schemas']['Named'][];
    };
    TeamSet: {
      organisation: string;
      name: string;
      site?: string;
      active: boolean;
    };
    TeamSettingsRow: {
      id: string;
      set: components['schemas']['TeamSet'];
    };
    TeamState: {
      set: components['schemas']['TeamSet'];
      hlc: string;
      entry: string;
    };
    TextRegister: {
      values: components['schemas']['RegisterValue'][];
      replaced: string[];
    };
    ToDo: {
      person: string;
      shown: string;
      step: components['schemas']['NextStep'];
      on?: string;
    };
    Today: {
      day: string;
      rounds: components['schemas']['OpenRound'][];
      rows: components['schemas']['DayRow'][];
      to_do: components['schemas']['ToDo'][];
    };
    TodayQuery: {
      team: string;
      day: string;
    };
    Undone: {
      entry: string;
      collection: string;
    };
    Visit: {
      place: string;
      team: string;
      project?: string;
      reason?: components['schemas']['VisitReason'];
      count: number;
      named: boolean;
    };
    WalkedStop: {
      entry: string;
      occurred: components['schemas']['LocalStamp'];
      place: string;
    };
    WatchSession: {
      team: string;
      project?: string;
      network: components['schemas']['SocialNetwork'];
      minutes: number;
      replies: number;
      conversations: number;
    };
  };
}
