import { t } from '../messages/errors.ts';
import { problem_of } from './client.ts';

/** The sentence to show: what happened, and a reference to read out when there is one. */
export function say(error: unknown): string {
  const problem = problem_of(error);
  const words = t.m.codes as Record<string, string>;
  const sentence = words[problem.code] ?? t.m.codes.internal;
  return problem.reference ? `${sentence} ${t.m.reference(problem.reference)}` : sentence;
}
