// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of both stages, made once for each stage object. */
final class NeighborParamSet {
  final Param<String> inputCol;
  final Param<String> idCol;
  final Param<String> outputCol;
  final IntParam k;
  final DoubleParam radius;
  final Param<String> distance;
  final Param<String> method;
  final DoubleParam recall;
  final LongParam budget;
  final LongParam seed;

  NeighborParamSet(Params owner) {
    inputCol = new Param<>(owner, "inputCol", "column of vectors, arrays of numbers, or text");
    idCol = new Param<>(owner, "idCol", "column that names rows");
    outputCol = new Param<>(owner, "outputCol", "column of the neighbours, nearest first");
    k = new IntParam(owner, "k", "most neighbours of a query", ParamValidators.gtEq(1.0));
    radius =
        new DoubleParam(
            owner,
            "radius",
            "largest distance of a neighbour; 0 sets no limit but k",
            ParamValidators.gtEq(0.0));
    distance = choice(owner, "distance", "between two rows", "cosine", "euclidean");
    method = choice(owner, "method", "how pairs are found", "auto", "exact", "lsh");
    recall =
        new DoubleParam(
            owner,
            "recall",
            "share of the true neighbours that hashes are to find",
            ParamValidators.inRange(0.0, 1.0, false, false));
    budget =
        new LongParam(
            owner, "budget", "most pairs that may be compared", ParamValidators.gtEq(1.0));
    seed = new LongParam(owner, "seed", "key of the hash functions");
  }

  void setDefaults(NeighborParams stage) {
    stage.setDefault(idCol, "id");
    stage.setDefault(outputCol, "neighbors");
    stage.setDefault(k, 10);
    stage.setDefault(radius, 0.0);
    stage.setDefault(distance, "cosine");
    stage.setDefault(method, "auto");
    stage.setDefault(recall, 0.95);
    stage.setDefault(budget, 1_000_000_000_000L);
    stage.setDefault(seed, 0L);
  }

  private static Param<String> choice(Params owner, String name, String doc, String... values) {
    List<String> allowed = List.of(values);
    return new Param<>(
        owner,
        name,
        doc + " (" + String.join(", ", allowed) + ")",
        ParamValidators.inArray(allowed));
  }
}
