// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalPublishingTest extends PublishingContract {
  @TempDir java.nio.file.Path temporary;

  @Override
  Path freshFolder() throws IOException {
    return new Path(Files.createTempDirectory(temporary, "publishing").toUri());
  }

  @Override
  Configuration configuration() {
    return new Configuration();
  }

  @Override
  int repairStops() {
    return Integer.MAX_VALUE;
  }
}
