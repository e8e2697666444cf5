// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.config.KeyDoc;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.run.Job;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code lemma help JOB} says: every key with its type, default and meaning. */
final class JobHelp {
  private static final String OWN = "Keys of this job";
  private static final String SHARED = "Keys that every job has";

  private JobHelp() {}

  static void print(Job<?> job, PrintStream out) {
    Paragraph.print(out, "lemma " + job.name() + ": ", job.summary());
    out.println();
    out.println("  lemma " + job.name() + " [--config FILE]... [--dry-run] [KEY=VALUE]...");
    List<KeyDoc> keys = ConfigLoader.keys(job.configuration());
    int width = keys.stream().mapToInt(key -> key.path().length()).max().orElse(0);
    for (Map.Entry<String, List<KeyDoc>> group : groups(keys).entrySet()) {
      if (!group.getValue().isEmpty()) {
        out.println();
        out.println(group.getKey());
        group.getValue().forEach(key -> print(key, width, out));
      }
    }
  }

  /** The job's own keys come first, those that every job has last, each block in between. */
  private static Map<String, List<KeyDoc>> groups(List<KeyDoc> keys) {
    Set<String> shared =
        ConfigLoader.keys(RunConfig.class).stream().map(KeyDoc::path).collect(Collectors.toSet());
    Map<String, List<KeyDoc>> groups = new LinkedHashMap<>();
    groups.put(OWN, new ArrayList<>());
    List<KeyDoc> last = new ArrayList<>();
    for (KeyDoc key : keys) {
      int dot = key.path().indexOf('.');
      if (shared.contains(key.path())) {
        last.add(key);
      } else {
        String group = dot < 0 ? OWN : "Block " + key.path().substring(0, dot);
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(key);
      }
    }
    groups.put(SHARED, last);
    return groups;
  }

  private static void print(KeyDoc key, int width, PrintStream out) {
    String lead = "  " + key.path() + " ".repeat(width - key.path().length()) + "  ";
    Paragraph.print(out, lead, key.type() + "; " + standing(key));
    Paragraph.print(out, " ".repeat(lead.length()), key.doc() + ".");
  }

  private static String standing(KeyDoc key) {
    if (key.presence() == KeyDoc.Presence.REQUIRED) {
      return "required";
    }
    return key.fallback().isEmpty() ? "optional" : "default " + key.fallback();
  }
}
