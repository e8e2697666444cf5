// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Brings the functions of {@link Catalogue} into every session of an application: {@code
 * spark.sql.extensions=dev.lemma.functions.LemmaExtensions}, with the jar on the driver's and the
 * executors' class path ({@code --jars}).
 */
public final class LemmaExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** For Spark. */
  public LemmaExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (SqlFunction function : Catalogue.all()) {
      extensions.injectFunction(
          new Tuple3<>(
              new FunctionIdentifier(function.name()),
              Builder.info(function),
              new Builder(function)));
    }
    return BoxedUnit.UNIT;
  }
}
