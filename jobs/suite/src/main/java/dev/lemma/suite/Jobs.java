// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.run.Job;
import java.util.Collection;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The jobs by name. */
final class Jobs {
  private final SortedMap<String, Job<?>> byName = new TreeMap<>();

  private Jobs() {}

  /**
   * The jobs on the class path.
   *
   * @throws IllegalStateException if two have the same name
   */
  static Jobs installed() {
    Jobs jobs = new Jobs();
    for (Job<?> job : ServiceLoader.load(Job.class, Jobs.class.getClassLoader())) {
      Job<?> other = jobs.byName.put(job.name(), job);
      if (other != null) {
        throw new IllegalStateException(
            "two jobs are called " + job.name() + ": " + other.getClass() + ", " + job.getClass());
      }
    }
    return jobs;
  }

  /** All jobs, sorted by name. */
  Collection<Job<?>> all() {
    return byName.values();
  }

  Optional<Job<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The name of the job that was probably meant. */
  Optional<String> nearest(String name) {
    return Nearest.of(name, byName.keySet());
  }
}
