// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowReader;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import dev.lemma.projection.Specification;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * The random features of a data set's rows as a narrow step of Spark's plan.
 *
 * @param specification which features
 * @param columns where a row's numbers are
 * @param reader reads them
 * @param type form of the output column
 * @param onBadRow what becomes of a row that has no features
 */
record RowFeatures(
    FeatureSpecification specification,
    Features columns,
    RowReader reader,
    OutputType type,
    OnBadRow onBadRow) {

  /** Some columns of the rows, then the features. */
  Dataset<Row> append(Dataset<Row> rows, Column[] kept, String name) {
    FeatureKernel kernel = new FeatureKernel(specification, reader, type, onBadRow);
    PlanCall call = PlanCall.of(kernel, "map", type.sqlType(specification.precision())).once();
    Column features = (onBadRow == OnBadRow.THROW ? call.neverNull() : call).on(columns.value());
    Column[] all = Arrays.copyOf(kept, kept.length + 1);
    all[kept.length] = features.as(name, metadata(specification, name, type));
    return rows.select(all);
  }

  /** Size of the vectors for Spark ML, and under {@code lemma} what they were made from. */
  static Metadata metadata(FeatureSpecification specification, String name, OutputType type) {
    Metadata lemma =
        new MetadataBuilder()
            .putString("specification", specification.hash())
            .putString("kernel-function", KernelChoice.of(specification.map().kernel()).key())
            .putString("frequencies", Specification.key(specification.map().frequencies()))
            .putLong("k", specification.map().k())
            .putLong("seed", specification.map().seed())
            .build();
    MetadataBuilder builder = new MetadataBuilder();
    if (type == OutputType.VECTOR) {
      builder.withMetadata(new AttributeGroup(name, specification.map().k()).toMetadata());
    }
    return builder.putMetadata("lemma", lemma).build();
  }
}
