// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files under the scheme {@code full}, where no checkpoint finds room. */
public final class FullFileSystem extends RawLocalFileSystem {
  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (path.toString().contains("/_lemma/checkpoint/")) {
      throw new IOException("No space left on device");
    }
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }
}
