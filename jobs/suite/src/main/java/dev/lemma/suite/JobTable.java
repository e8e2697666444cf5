// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.run.Job;
import java.io.PrintStream;

/** What {@code lemma} alone says: how to call it, and the jobs. */
final class JobTable {
  private JobTable() {}

  static void print(Jobs jobs, PrintStream out) {
    out.println("lemma JOB [--config FILE]... [--dry-run] [KEY=VALUE]...");
    out.println();
    int width = jobs.all().stream().mapToInt(job -> job.name().length()).max().orElse(0);
    for (Job<?> job : jobs.all()) {
      String name = job.name() + " ".repeat(width - job.name().length());
      Paragraph.print(out, "  " + name + "  ", job.summary());
    }
    out.println();
    out.println("lemma help JOB shows every key; --dry-run shows what a run would do.");
  }
}
