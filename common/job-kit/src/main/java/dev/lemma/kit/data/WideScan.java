// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Plans scans of many columns so that they come in batches too. Spark gives rows out where there
 * are more than {@code spark.sql.codegen.maxFields} = 100 columns, since code generated for such
 * rows may grow too long to be compiled; who reads batches generates none. The plan is made in a
 * copy of the session without that limit, so that nothing else notices.
 */
final class WideScan {
  private static final String MOST_FIELDS = "spark.sql.codegen.maxFields";
  private static final String UNLIMITED = Integer.toString(Integer.MAX_VALUE);

  private WideScan() {}

  /** The physical plan of these columns. */
  static SparkPlan planned(Dataset<Row> selected) {
    SparkPlan plan = selected.queryExecution().executedPlan();
    return plan.collectLeaves().forall(WideScan::isWide) ? replanned(selected) : plan;
  }

  private static boolean isWide(SparkPlan leaf) {
    return leaf instanceof FileSourceScanExec scan
        && !scan.supportsColumnar()
        && WholeStageCodegenExec.isTooManyFields(scan.conf(), scan.schema());
  }

  private static SparkPlan replanned(Dataset<Row> selected) {
    SparkSession session = ((SparkSession) selected.sparkSession()).cloneSession();
    session.conf().set(MOST_FIELDS, UNLIMITED);
    LogicalPlan plan = inSession(selected.queryExecution().analyzed(), session);
    return org.apache.spark.sql.classic.Dataset.ofRows(session, plan)
        .queryExecution()
        .executedPlan();
  }

  private static LogicalPlan inSession(LogicalPlan plan, SparkSession session) {
    if (plan instanceof LogicalRelation scan && scan.relation() instanceof HadoopFsRelation files) {
      // The session alone makes no difference between two plans: Spark would keep the old one.
      Map<String, String> options = new HashMap<>(CollectionConverters.asJava(files.options()));
      options.put(MOST_FIELDS, UNLIMITED);
      return new LogicalRelation(
          new HadoopFsRelation(
              files.location(),
              files.partitionSchema(),
              files.dataSchema(),
              files.bucketSpec(),
              files.fileFormat(),
              scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(options)),
              session),
          scan.output(),
          scan.catalogTable(),
          scan.isStreaming(),
          scan.stream());
    }
    List<LogicalPlan> children =
        CollectionConverters.asJava(plan.children()).stream()
            .map(child -> inSession(child, session))
            .toList();
    Seq<LogicalPlan> replaced = CollectionConverters.asScala(children).toSeq();
    return plan.withNewChildren(replaced);
  }
}
