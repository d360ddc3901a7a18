import { expect, test } from 'vitest';
import { moved, period_label, period_of, step_of } from './periods.ts';

test('une période est un mois, un trimestre ou une année', () => {
  expect(step_of('2026')).toBe('year');
  expect(step_of('2026-Q4')).toBe('quarter');
  expect(step_of('2026-11')).toBe('month');
});

test('le jour donne sa période', () => {
  expect(period_of('2026-11-21', 'month')).toBe('2026-11');
  expect(period_of('2026-11-21', 'quarter')).toBe('2026-Q4');
  expect(period_of('2026-03-31', 'quarter')).toBe('2026-Q1');
  expect(period_of('2026-04-01', 'quarter')).toBe('2026-Q2');
  expect(period_of('2026-11-21', 'year')).toBe('2026');
});

test('avant et après passent les années', () => {
  expect(moved('2026', -1)).toBe('2025');
  expect(moved('2026-01', -1)).toBe('2025-12');
  expect(moved('2026-12', 1)).toBe('2027-01');
  expect(moved('2026-Q1', -1)).toBe('2025-Q4');
  expect(moved('2026-Q4', 1)).toBe('2027-Q1');
  expect(moved('2026-06', -30)).toBe('2023-12');
});

test('une période se lit en français', () => {
  expect(period_label('2026')).toBe('2026');
  expect(period_label('2026-Q1')).toBe('1er trimestre 2026');
  expect(period_label('2026-Q4')).toBe('4e trimestre 2026');
  expect(period_label('2026-11')).toBe('novembre 2026');
});
