// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.text.DocumentFrequencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A model on disk: Spark ML's {@code metadata/}, beside it {@code specification.json} to be read by
 * eye, and with tf-idf {@code document-frequencies}.
 */
final class ModelFiles {
  static final String SPECIFICATION = "specification.json";
  private static final String FREQUENCIES = "document-frequencies";

  private ModelFiles() {}

  static final class Writer extends MLWriter {
    private final RandomProjectionModel model;

    Writer(RandomProjectionModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      byte[] json = model.specification().json().getBytes(StandardCharsets.UTF_8);
      write(hadoop, new Path(path, SPECIFICATION), json);
      model
          .frequencies()
          .ifPresent(counts -> write(hadoop, new Path(path, FREQUENCIES), counts.toBytes()));
    }
  }

  static final class Reader extends MLReader<RandomProjectionModel> {
    @Override
    public RandomProjectionModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), RandomProjectionModel.class.getName());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      Path file = new Path(path, SPECIFICATION);
      Specification specification =
          Specification.parse(
              new String(read(hadoop, file), StandardCharsets.UTF_8), file.toString());
      Optional<DocumentFrequencies> frequencies =
          specification
              .frequencies()
              .map(hash -> DocumentFrequencies.of(read(hadoop, new Path(path, FREQUENCIES))));
      RandomProjectionModel model =
          new RandomProjectionModel(metadata.uid(), new Settled(specification, frequencies, ""));
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    }
  }

  private static void write(Configuration hadoop, Path file, byte[] bytes) {
    try {
      FileSystem files = file.getFileSystem(hadoop);
      try (OutputStream out = files.create(file, true)) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Configuration hadoop, Path file) {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
