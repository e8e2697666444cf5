// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.concurrent.Callable;

/** Whoever shows what is being done: a run of a job, or nobody. */
interface Phases {
  /** Nobody. */
  Phases SILENT =
      new Phases() {
        @Override
        public <T> T phase(String name, Callable<T> work) {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(name + " failed", e);
          }
        }
      };

  /** Does a named part of the work. */
  <T> T phase(String name, Callable<T> work);
}
