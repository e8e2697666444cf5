// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.concurrent.Callable;

/** Whoever shows what is being done: a run of a job, or nobody. */
interface Phases {
  /** Does a named part of the work. */
  <T> T phase(String name, Callable<T> work);
}
