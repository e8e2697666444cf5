// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whether draws are good enough.
 *
 * @param rHatColumn which R-hat counts
 * @param limits the limits
 * @param parameters number of parameters
 * @param constant parameters whose draws are all equal: they have no diagnostics and break no limit
 * @param undetermined other parameters without diagnostics
 * @param overRHat parameters above the limit of R-hat
 * @param underEss parameters below the limit of the bulk effective size
 * @param worstRHat largest R-hat
 * @param leastEss smallest bulk effective size
 * @param weights what the importance weights are worth
 */
record Verdict(
    String rHatColumn,
    LimitsConfig limits,
    long parameters,
    long constant,
    long undetermined,
    long overRHat,
    long underEss,
    Optional<Extreme> worstRHat,
    Optional<Extreme> leastEss,
    Optional<Weights> weights) {

  /** The parameter that lies furthest out. */
  record Extreme(double value, String parameter) {
    static Optional<Extreme> of(Row row) {
      return row == null || row.isNullAt(0)
          ? Optional.empty()
          : Optional.of(new Extreme(row.getDouble(0), row.getString(1)));
    }
  }

  /** Judges a table of summaries: one pass over it. */
  static Verdict of(
      Dataset<Row> summaries, String rHat, LimitsConfig limits, Optional<Weights> weights) {
    Column size = col(SummaryTable.ESS_BULK);
    Column constant = col(SummaryTable.SD).equalTo(0).and(col(SummaryTable.NOT_FINITE).equalTo(0));
    Column unknown = size.isNull().or(col(rHat).isNull());
    Row found =
        summaries
            .agg(
                count(lit(1)),
                count(when(constant, 1)),
                count(when(unknown.and(not(constant).or(constant.isNull())), 1)),
                count(when(col(rHat).gt(limits.rHat()), 1)),
                count(when(size.lt(limits.essBulk()), 1)),
                max(when(col(rHat).isNotNull(), struct(col(rHat), col(SummaryTable.PARAMETER)))),
                min(when(size.isNotNull(), struct(size, col(SummaryTable.PARAMETER)))))
            .head();
    return new Verdict(
        rHat,
        limits,
        found.getLong(0),
        found.getLong(1),
        found.getLong(2),
        found.getLong(3),
        found.getLong(4),
        Extreme.of(found.getStruct(5)),
        Extreme.of(found.getStruct(6)),
        weights);
  }

  /** How the R-hat that counts is called. */
  String rHatName() {
    return rHatColumn.equals(SummaryTable.NESTED_R_HAT) ? "nested R-hat" : "R-hat";
  }

  /** What is wrong, in words; empty if nothing is. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    if (overRHat > 0) {
      Extreme worst = worstRHat.orElseThrow();
      complaints.add(
          rHatName()
              + " of "
              + many(overRHat)
              + " above "
              + text(limits.rHat())
              + " (worst "
              + worst.parameter()
              + ": "
              + text(worst.value())
              + ")");
    }
    if (underEss > 0) {
      Extreme least = leastEss.orElseThrow();
      complaints.add(
          "bulk effective size of "
              + many(underEss)
              + " below "
              + text(limits.essBulk())
              + " (least "
              + least.parameter()
              + ": "
              + text(least.value())
              + ")");
    }
    if (undetermined > 0) {
      complaints.add(
          "no diagnostics of "
              + many(undetermined)
              + " (draws that are not finite, or too few of them)");
    }
    weights
        .filter(found -> !found.within(limits.kHat()))
        .ifPresent(
            found ->
                complaints.add(
                    "k-hat of the weights is "
                        + (Double.isNaN(found.shape()) ? "unknown" : text(found.shape()))
                        + ", above "
                        + text(limits.kHat())
                        + " they are not to be trusted"));
    return complaints;
  }

  private static String many(long count) {
    return count == 1 ? "1 parameter" : Quantity.count(count).text() + " parameters";
  }

  static String text(double value) {
    return Quantity.of(value).text();
  }
}
