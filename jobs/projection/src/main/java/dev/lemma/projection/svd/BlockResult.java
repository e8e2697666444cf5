// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.Decomposition;
import dev.lemma.math.lowrank.PassPlan.Products;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.SvdFigures;
import dev.lemma.math.lowrank.TallBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A decomposition whose right vectors lie in blocks on the executors. */
final class BlockResult implements SvdResult {
  private final Decomposition found;
  private final BlockReads reads;
  private final Preparation preparation;

  BlockResult(Decomposition found, BlockReads reads, Preparation preparation) {
    this.found = found;
    this.reads = reads;
    this.preparation = preparation;
  }

  @Override
  public SvdFigures figures() {
    return found.figures();
  }

  private BlockTall right() {
    return (BlockTall) found.right();
  }

  @Override
  public Dataset<Row> scores(SvdInput input, ScoreKind kind) {
    BlockPlan plan =
        switch (kind) {
          case PROJECTION -> reads.plan(right(), BlockPlan.IDENTITY, Products.GRAM);
          case LEFT_VECTOR ->
              found.basis().isPresent()
                  ? reads.plan(
                      (BlockTall) found.basis().get(), found.leftTransform(), Products.GRAM)
                  : reads.plan(found.start().orElseThrow(), found.leftTransform(), Products.GRAM);
        };
    return BlockScores.of(input, reads.send(plan));
  }

  @Override
  public void write(Run run, MatrixRows matrix) {
    FeatureNames names = matrix.featureNames();
    run.publication()
        .writeTable(
            "right-vectors",
            run.spark()
                .createDataFrame(
                    right().blocks().flatMap(block -> vectors(block, names)), SvdTables.RIGHT));
    JavaRDD<Row> loadings = right().blocks().flatMap(BlockResult::loadings);
    PcaModelFiles.save(
        run,
        matrix,
        PcaModelData.withoutLoadings(figures(), preparation),
        run.spark().createDataFrame(loadings, PcaModelFiles.LOADINGS));
  }

  private static Iterator<Row> vectors(TallBlock block, FeatureNames names) {
    double[][] rows = block.rows();
    List<Row> vectors = new ArrayList<>(rows.length);
    for (int j = 0; j < rows.length; j++) {
      int feature = block.from() + j;
      vectors.add(RowFactory.create(feature, names.of(feature), rows[j]));
    }
    return vectors.iterator();
  }

  private static Iterator<Row> loadings(TallBlock block) {
    double[][] rows = block.factoredRows();
    double[] means = block.means();
    List<Row> loadings = new ArrayList<>(rows.length);
    for (int j = 0; j < rows.length; j++) {
      Double mean = means.length == 0 ? null : (Double) means[j];
      loadings.add(RowFactory.create(block.from() + j, mean, rows[j]));
    }
    return loadings.iterator();
  }

  @Override
  public void close() {
    reads.close();
  }
}
