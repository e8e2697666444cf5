// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts what Spark reads from files: records, and stages that scan. Records of other stages are
 * blocks of merged sums that were kept.
 */
final class ScanReads extends SparkListener {
  private final Map<Integer, Long> byStage = new ConcurrentHashMap<>();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong scans = new AtomicLong();

  private ScanReads() {}

  /** Those of a piece of work. */
  static ScanReads of(Runnable work)
      throws InterruptedException, java.util.concurrent.TimeoutException {
    SparkContext spark = Samples.SPARK.sparkContext();
    ScanReads reads = new ScanReads();
    spark.listenerBus().waitUntilEmpty();
    spark.addSparkListener(reads);
    try {
      work.run();
      spark.listenerBus().waitUntilEmpty();
    } finally {
      spark.removeSparkListener(reads);
    }
    return reads;
  }

  long records() {
    return records.get();
  }

  long scans() {
    return scans.get();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    byStage.merge(end.stageId(), end.taskMetrics().inputMetrics().recordsRead(), Long::sum);
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    if (CollectionConverters.asJava(completed.stageInfo().rddInfos()).stream()
        .anyMatch(rdd -> rdd.name().equals("FileScanRDD"))) {
      scans.incrementAndGet();
      records.addAndGet(byStage.getOrDefault(completed.stageInfo().stageId(), 0L));
    }
  }
}
