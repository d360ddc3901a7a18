// Reads a file of the project by its path from the root: "vectors/sealed_box.json".
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export const has_file = (path: string): boolean => existsSync(join(root, path));
export const text_file = (path: string): string => readFileSync(join(root, path), 'utf8');
export const bytes_file = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(root, path)));
