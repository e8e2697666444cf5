// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;

/** Brings the functions into a session that runs already; see {@link LemmaExtensions}. */
public final class LemmaFunctions {
  private LemmaFunctions() {}

  /**
   * Makes the functions known to a session, in SQL, {@code expr} and {@code call_function}. May be
   * called again.
   *
   * @param spark a session inside this process; one of Spark Connect has no functions of its own
   * @throws IllegalArgumentException for a session that is not
   */
  public static void register(SparkSession spark) {
    if (!(spark instanceof org.apache.spark.sql.classic.SparkSession session)) {
      throw new IllegalArgumentException(
          "functions can be registered with a session inside this process only, found "
              + spark.getClass().getName()
              + ": set spark.sql.extensions where the server starts");
    }
    FunctionRegistry registry = session.sessionState().functionRegistry();
    for (SqlFunction function : Catalogue.all()) {
      registry.registerFunction(
          new FunctionIdentifier(function.name()), Builder.info(function), new Builder(function));
    }
  }
}
