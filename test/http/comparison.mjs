// A comparison of two generated lists through the API, for the tests that need one.
//
//   const lists = generated_lists(folder, 200);                  // { watched, known } as bytes
//   const id = await compared(coordinator, lists);               // uploaded, mapped and run
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../cli/program.mjs';

export function generated_lists(path, rows) {
  const made = run(['link', '--generate', path, '--rows', String(rows), '--noise', '200']);
  assert.equal(made.status, 0, made.stderr);
  return { watched: readFileSync(join(path, 'a.csv')), known: readFileSync(join(path, 'b.csv')) };
}

const day_in = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export async function opened(signed) {
  const answer = await signed.post('/api/v1/comparisons', { purpose: 'school_exits_meeting', until: day_in(30) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.id;
}

export async function sent(signed, id, name, role, bytes, piece_bytes = 180_000) {
  const added = await signed.post(`/api/v1/comparisons/${id}/lists`, { name, role, bytes: bytes.length });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  const { number } = added.body;
  for (let piece = 0; piece * piece_bytes < bytes.length; piece += 1) {
    const part = bytes.subarray(piece * piece_bytes, (piece + 1) * piece_bytes);
    const put = await signed.post(`/api/v1/comparisons/${id}/lists/${number}/pieces/${piece}`, { base64: part.toString('base64') });
    assert.equal(put.status, 200, JSON.stringify(put.body));
  }
  return number;
}

export async function mapped(signed, id, number) {
  const preview = await signed.get(`/api/v1/comparisons/${id}/lists/${number}/preview`);
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  const columns = preview.body.columns.map(({ column, field }) => ({ column, field }));
  const answer = await signed.post(`/api/v1/comparisons/${id}/lists/${number}/mapping`, { columns });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

export async function ready(signed, { watched, known }) {
  const id = await opened(signed);
  await mapped(signed, id, await sent(signed, id, 'Sorties', 'watched', watched));
  await mapped(signed, id, await sent(signed, id, 'Suivis', 'known', known));
  return id;
}

export async function compared(signed, lists) {
  const id = await ready(signed, lists);
  const answer = await signed.post(`/api/v1/comparisons/${id}/run`, {});
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return id;
}
