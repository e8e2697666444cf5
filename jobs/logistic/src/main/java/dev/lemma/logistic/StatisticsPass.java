// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of rows without key columns, by one pass, brought to the driver: what a fit from data
 * begins with.
 *
 * @param statistics the statistics
 * @param counts how many rows came in, and how many were left out and why
 */
public record StatisticsPass(Statistics statistics, RowCounts counts) {
  /**
   * Takes the pass. Bad rows are left out and counted; the caller settles them by {@link
   * LabelledRows#screen}.
   *
   * @param scan the rows
   * @param memory most bytes that the statistics may take: K F d<sup>2</sup> / 2 doubles decide
   *     whether each class has its scatter
   * @throws LemmaException with {@link ExitCode#INPUT} when d is too wide for that, or the label
   *     has too many classes
   */
  public static StatisticsPass take(Scan scan, long memory) {
    LabelledRows rows = scan.rows();
    StatisticsHeader header = StatisticsHeader.of(rows, scan.folds());
    StatisticsSize size = new StatisticsSize(rows.d(), scan.folds(), memory);
    size.tooWide()
        .ifPresent(
            problem -> {
              throw new LemmaException(ExitCode.INPUT, problem);
            });
    List<Part<Group>> parts = new ArrayList<>();
    RowCounts counts = new RowTally().counts();
    for (Part<Group> part : StatisticsParts.take(scan, size, rows.labelKey())) {
      if (part.group().isTally()) {
        counts = ((RowTally) part.value()).counts();
      } else {
        parts.add(part);
      }
    }
    return new StatisticsPass(StatisticsParts.gather(parts, header, size, rows.labelKey()), counts);
  }
}
