// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Redaction;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Reads a CSV file of CmdStan from its beginning: lines that start with # are remarks, of which the
 * ones before the header say whether the warm-up was saved; the first other line has the names; all
 * further lines are draws. Files that end in .gz and the like are unpacked.
 */
final class CmdStanFile implements RowFeed, Closeable {
  private static final int BUFFER = 1 << 16;

  /** The file as messages show it. */
  private final String shown;

  private final BufferedReader reader;
  private final CmdStanHeader header;
  private final long chain;
  private int[] wanted = {};
  private double[] values = {};
  private long line;
  private long draw;

  private CmdStanFile(String file, long chain, BufferedReader reader) throws IOException {
    this.shown = Redaction.maskText(file);
    this.chain = chain;
    this.reader = reader;
    this.header = readHeader(file);
  }

  /** Opens a file and reads its header. */
  static CmdStanFile open(String file, long chain, Configuration hadoop) {
    try {
      Path path = new Path(file);
      InputStream stream = path.getFileSystem(hadoop).open(path);
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
      InputStream plain = codec == null ? stream : codec.createInputStream(stream);
      return new CmdStanFile(
          file,
          chain,
          new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER));
    } catch (IOException fault) {
      throw unreadable(file, fault);
    }
  }

  CmdStanHeader header() {
    return header;
  }

  private CmdStanHeader readHeader(String file) throws IOException {
    boolean saved = false;
    long warmup = 0;
    long thin = 1;
    for (String text = read(); text != null; text = read()) {
      if (text.startsWith("#")) {
        String value = setting(text);
        if (isSetting(text, "save_warmup")) {
          saved = value.equals("1") || value.equals("true");
        } else if (isSetting(text, "num_warmup")) {
          warmup = Long.parseLong(value);
        } else if (isSetting(text, "thin")) {
          thin = Math.max(1, Long.parseLong(value));
        }
      } else if (!text.isBlank()) {
        return new CmdStanHeader(
            file, List.of(text.strip().split(",")), saved ? (warmup + thin - 1) / thin : 0);
      }
    }
    throw new LemmaException(
        ExitCode.INPUT,
        Problem.of(shown, "this file has no header", "remove it, or correct input.path"));
  }

  private static boolean isSetting(String remark, String name) {
    return remark.substring(1).strip().matches(name + " = \\w+.*");
  }

  private static String setting(String remark) {
    int at = remark.indexOf(" = ");
    return at < 0 ? "" : remark.substring(at + 3).strip().split(" ")[0];
  }

  /** The parameters that {@link #value} numbers, and past the warm-up. */
  CmdStanFile choose(List<String> names) {
    wanted = new int[header.names().size()];
    Arrays.fill(wanted, -1);
    for (int j = 0; j < names.size(); j++) {
      wanted[header.names().indexOf(names.get(j))] = j;
    }
    values = new double[names.size()];
    long skipped = 0;
    while (skipped < header.warmup() && next()) {
      skipped++;
    }
    draw = 0;
    return this;
  }

  /** Reads on to the end and counts the draws after the warm-up. */
  long countDraws() {
    long count = -header.warmup();
    for (String text = read(); text != null; text = read()) {
      count += text.startsWith("#") || text.isBlank() ? 0 : 1;
    }
    return Math.max(0, count);
  }

  @Override
  public boolean next() {
    for (String text = read(); text != null; text = read()) {
      if (!text.startsWith("#") && !text.isBlank()) {
        parse(text);
        draw++;
        return true;
      }
    }
    close();
    return false;
  }

  private void parse(String text) {
    int from = 0;
    for (int cell = 0; cell < wanted.length; cell++) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      if (comma < 0 != (cell == wanted.length - 1)) {
        throw broken("this line has not as many cells as the header");
      }
      if (wanted[cell] >= 0) {
        values[wanted[cell]] = number(text.substring(from, end).strip());
      }
      from = end + 1;
    }
  }

  private double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException notPlain) {
      return switch (cell.toLowerCase(Locale.ROOT)) {
        case "nan", "+nan", "-nan" -> Double.NaN;
        case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> throw broken("this line has a cell that is no number");
      };
    }
  }

  private LemmaException broken(String what) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            shown + ", line " + line,
            what,
            "the sampler may not have ended; write the file again or remove it"));
  }

  @Override
  public long chain() {
    return chain;
  }

  @Override
  public long iteration() {
    return draw;
  }

  @Override
  public double value(int column) {
    return values[column];
  }

  private String read() {
    try {
      line++;
      return reader.readLine();
    } catch (IOException fault) {
      throw unreadable(shown, fault);
    }
  }

  private static LemmaException unreadable(String file, IOException fault) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            Redaction.maskText(file),
            "this file cannot be read (" + fault.getClass().getSimpleName() + ")",
            "check input.path and the store"),
        fault);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
