// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HdfsPublishingTest extends PublishingContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  @TempDir static Path temporary;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temporary.toString());
    // No data node is needed to serve files that fit no block; one serves them all.
    // Clients would wait 400 ms after each file for its block to be reported.
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 5);
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @Override
  org.apache.hadoop.fs.Path freshFolder() throws IOException {
    org.apache.hadoop.fs.Path folder =
        cluster
            .getFileSystem()
            .makeQualified(new org.apache.hadoop.fs.Path("/data/" + FOLDERS.incrementAndGet()));
    cluster.getFileSystem().mkdirs(folder);
    return folder;
  }

  @Override
  Configuration configuration() {
    return cluster.getConfiguration(0);
  }

  @Override
  int repairStops(OutputMode mode) {
    return 0;
  }

  /** Every other kind is stopped at on local files; these are what file systems differ in. */
  @Override
  boolean isStop(String change) {
    return change.equals("replace") || change.equals("move");
  }
}
