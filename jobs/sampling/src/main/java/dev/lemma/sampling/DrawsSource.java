// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;

/** Draws, wherever they lie. */
sealed interface DrawsSource permits WideDraws, LongDraws, CmdStanDraws {
  /** Name that a column of logarithms of weights has where nobody names one. */
  String LOG_WEIGHT = "log_weight__";

  /** Ending of the names that samplers give to columns of their own. */
  String OWN = "__";

  /** The one of these that is a quantity of the model. */
  String LOG_DENSITY = "lp__";

  /** Opens the input and reads no more than schemas and headers. */
  static DrawsSource open(DiagnoseConfig config, SparkSession spark) {
    return config.isCmdStan() ? CmdStanDraws.open(config, spark) : TableDraws.open(config, spark);
  }

  /** What there is, in words, for the dry run. */
  String description();

  /** All parameters, the sampler's own columns too, in the order of the input. */
  List<String> names();

  /** The parameter that holds logarithms of weights. */
  Optional<String> logWeight();

  /** The chains and how many draws each has: a pass over what tells them apart. */
  ChainCounts counts();

  /**
   * The draws of the groups' parameters in blocks, by the number of the group. A pass over these
   * parameters alone, where the format allows it.
   */
  JavaPairRDD<Integer, DrawBlock> blocks(ColumnGroups groups);
}
