// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputMode;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalPublishingTest extends PublishingContract {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir java.nio.file.Path temporary;

  @Override
  Path freshFolder() throws IOException {
    return new Path(Files.createTempDirectory(temporary, "publishing").toUri());
  }

  @Override
  Configuration configuration() {
    return CONFIGURATION;
  }

  @Override
  int repairStops(OutputMode mode) {
    return mode == OutputMode.OVERWRITE ? Integer.MAX_VALUE : 0;
  }

  @Override
  boolean isStop(String change) {
    return true;
  }
}
