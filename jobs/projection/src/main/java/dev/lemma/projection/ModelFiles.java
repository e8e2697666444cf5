// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.io.StoredFile;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.text.DocumentFrequencies;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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
      StoredFile.write(hadoop, new Path(path, SPECIFICATION), json);
      model
          .frequencies()
          .ifPresent(
              counts -> StoredFile.write(hadoop, new Path(path, FREQUENCIES), counts.toBytes()));
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
              new String(StoredFile.read(hadoop, file), StandardCharsets.UTF_8), file.toString());
      Path counts = new Path(path, FREQUENCIES);
      Optional<DocumentFrequencies> frequencies =
          specification
              .frequencies()
              .map(hash -> frequencies(counts, StoredFile.read(hadoop, counts), hash));
      RandomProjectionModel model =
          new RandomProjectionModel(metadata.uid(), new Settled(specification, frequencies, ""));
      metadata.getAndSetParams(model, scala.Option.empty());
      // The specification decides, should the two files disagree.
      return model.settle();
    }
  }

  /** The frequencies that the specification names, and no others. */
  private static DocumentFrequencies frequencies(Path file, byte[] bytes, String hash) {
    DocumentFrequencies frequencies;
    try {
      frequencies = DocumentFrequencies.of(bytes);
    } catch (IllegalArgumentException e) {
      throw unusable(file, "is no table of document frequencies", e);
    }
    if (!Specification.hash(frequencies).equals(hash)) {
      throw unusable(file, "holds other document frequencies than specification.json names", null);
    }
    return frequencies;
  }

  private static LemmaException unusable(Path file, String what, Throwable cause) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(file.toString(), what, "restore the folder of the model as it was saved"),
        cause);
  }
}
