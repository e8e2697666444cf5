// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.SparseRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextVectorizerTest {
  private static TextSpec spec(TextUnit unit, int min, int max) {
    return new TextSpec(unit, min, max, Weighting.COUNT, RowNorm.NONE);
  }

  private static TextSpec words(Weighting weighting, RowNorm norm) {
    return new TextSpec(TextUnit.WORDS, 1, 1, weighting, norm);
  }

  private static TreeMap<Long, Double> row(TextVectorizer vectorizer, byte[] utf8) {
    SparseRow row = new SparseRow();
    vectorizer.vectorize(utf8, 0, utf8.length, row);
    TreeMap<Long, Double> entries = new TreeMap<>();
    for (int i = 0; i < row.size(); i++) {
      assertThat(i == 0 || row.ids()[i - 1] < row.ids()[i]).as("ids ascend").isTrue();
      entries.put(row.ids()[i], row.values()[i]);
    }
    return entries;
  }

  private static TreeMap<Long, Double> row(TextVectorizer vectorizer, String text) {
    return row(vectorizer, text.getBytes(StandardCharsets.UTF_8));
  }

  private static TreeMap<Long, Double> countsOf(List<String> names) {
    TreeMap<Long, Double> counts = new TreeMap<>();
    names.forEach(name -> counts.merge(TextVectorizer.featureId(name), 1.0, Double::sum));
    return counts;
  }

  private static String codePoints(int[] codePoints, int from, int to) {
    return new String(codePoints, from, to - from);
  }

  /** The definition, written down with strings and the tables of the JDK. */
  private static List<String> unitsByDefinition(TextUnit unit, String text) {
    int[] lower = text.codePoints().map(Character::toLowerCase).toArray();
    String lowered = codePoints(lower, 0, lower.length);
    return switch (unit) {
      case WORDS ->
          Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}\\p{M}]*")
              .matcher(lowered)
              .results()
              .map(found -> found.group())
              .toList();
      case CHARACTERS ->
          lowered
              .replaceAll("[\\p{Z}\\x09-\\x0d\\x1c-\\x1f\\x85]+", " ")
              .strip()
              .codePoints()
              .mapToObj(Character::toString)
              .toList();
    };
  }

  private static List<String> gramsByDefinition(TextSpec spec, String text) {
    List<String> units = unitsByDefinition(spec.unit(), text);
    String joint = spec.unit() == TextUnit.WORDS ? " " : "";
    List<String> grams = new ArrayList<>();
    for (int n = spec.minGram(); n <= spec.maxGram(); n++) {
      for (int i = 0; i + n <= units.size(); i++) {
        grams.add(String.join(joint, units.subList(i, i + n)));
      }
    }
    return grams;
  }

  private static String randomText(SplittableRandom random, int length) {
    int[] alphabet =
        "aabcdeE ST  \t\n.,-'_09éÉßİΣς\u0301\u0300أب٣補題\u00a0\u2003\u00adǅȺ\ufffd\0"
            .codePoints()
            .toArray();
    int[] text = new int[length];
    for (int i = 0; i < length; i++) {
      text[i] =
          switch (random.nextInt(20)) {
            case 0 -> 0x10400 + random.nextInt(0x50);
            case 1 -> 0x1f980 + random.nextInt(20);
            default -> alphabet[random.nextInt(alphabet.length)];
          };
    }
    return codePoints(text, 0, length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The quick, brown fox | the;quick;brown;fox
          don't stop-now_ok    | don;t;stop;now;ok
          3.14 x2              | 3;14;x2
          GRÖSSE Größe         | grösse;größe
          ΟΔΟΣ                 | οδοσ
          İstanbul             | istanbul
          naïve café\u0301s    | naïve;café\u0301s
          \u0301a              | a
          補題 lemma。補題     | 補題;lemma;補題
          a🦊b                 | a;b
          ½ Ⅷ x²               | x
          """)
  void cutsWords(String text, String expected) {
    TextVectorizer vectorizer = new TextVectorizer(spec(TextUnit.WORDS, 1, 1));
    assertThat(vectorizer.featureNames(text)).containsExactly(expected.split(";"));
  }

  @Test
  void cutsCharacters() {
    TextVectorizer trigrams = new TextVectorizer(spec(TextUnit.CHARACTERS, 3, 3));
    assertThat(trigrams.featureNames(" \tAb\n\u00a0 É🦊! "))
        .containsExactly("ab ", "b é", " é🦊", "é🦊!");
    assertThat(trigrams.featureNames("ab")).isEmpty();
  }

  @Test
  void joinsWordsToNGrams() {
    TextVectorizer vectorizer = new TextVectorizer(spec(TextUnit.WORDS, 1, 3));
    assertThat(vectorizer.featureNames("A b. C"))
        .containsExactly("a", "b", "c", "a b", "b c", "a b c");
  }

  /** Version 1 of the tokenizer: ids computed by a separate implementation of xxHash64. */
  @Test
  void frozenIdsStand() {
    assertThat(TextVectorizer.featureId("lemma")).isEqualTo(0x3d744dec9c10dcbbL);
    assertThat(TextVectorizer.featureId("the cat")).isEqualTo(0x13e3b3317c8ed14aL);
    assertThat(
            row(new TextVectorizer(spec(TextUnit.WORDS, 1, 2)), "The CAT, the cat; GRÖßE — Λῆμμα!"))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    0x4b1b03a21f8b5f26L,
                    2.0,
                    0xb63a1da53785993bL,
                    2.0,
                    0xe6bebd6647f502a5L,
                    1.0,
                    0xab781292077ba3a1L,
                    1.0,
                    0x13e3b3317c8ed14aL,
                    2.0,
                    0x826173863786dae8L,
                    1.0,
                    0x5ea885a507ddf56fL,
                    1.0,
                    0x9a698e7c14847542L,
                    1.0)));
  }

  @ParameterizedTest
  @EnumSource(TextUnit.class)
  void agreesWithTheDefinitionOnRandomTexts(TextUnit unit) {
    SplittableRandom random = new SplittableRandom(7);
    TextVectorizer reused = new TextVectorizer(spec(unit, 1, 4));
    for (int repeat = 0; repeat < 400; repeat++) {
      String text = randomText(random, random.nextInt(repeat % 10 == 0 ? 3000 : 60));
      List<String> expected = gramsByDefinition(reused.spec(), text);
      assertThat(reused.featureNames(text)).isEqualTo(expected);
      assertThat(row(reused, text)).isEqualTo(countsOf(expected));
    }
  }

  @Test
  void illFormedBytesAreReplacedAsTheJdkReplacesThem() {
    SplittableRandom random = new SplittableRandom(8);
    byte[] alphabet = {
      'a',
      'B',
      ' ',
      (byte) 0x80,
      (byte) 0xbf,
      (byte) 0xc1,
      (byte) 0xc3,
      (byte) 0xe0,
      (byte) 0xe2,
      (byte) 0xef,
      (byte) 0xf0,
      (byte) 0xf1,
      (byte) 0xf4,
      (byte) 0xf5,
      (byte) 0xff,
      (byte) 0x90,
      (byte) 0xa0,
      (byte) 0xa9
    };
    TextVectorizer characters = new TextVectorizer(spec(TextUnit.CHARACTERS, 1, 2));
    TextVectorizer words = new TextVectorizer(spec(TextUnit.WORDS, 1, 2));
    for (int repeat = 0; repeat < 3000; repeat++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      String decoded = new String(bytes, StandardCharsets.UTF_8);
      for (TextVectorizer vectorizer : List.of(characters, words)) {
        assertThat(row(vectorizer, bytes))
            .as(Arrays.toString(bytes))
            .isEqualTo(countsOf(gramsByDefinition(vectorizer.spec(), decoded)));
      }
    }
  }

  @Test
  void anEncodedSurrogateIsThreeIllFormedBytes() {
    TextVectorizer vectorizer = new TextVectorizer(spec(TextUnit.CHARACTERS, 1, 1));
    assertThat(row(vectorizer, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
        .isEqualTo(countsOf(List.of("\ufffd", "\ufffd", "\ufffd")));
  }

  /** Lower case may take more bytes (2 to 3) and so may a replaced byte (1 to 3). */
  @Test
  void textsThatGrowInBytesFindRoom() {
    for (int length = 1; length < 1500; length += 7) {
      TextVectorizer words = new TextVectorizer(spec(TextUnit.WORDS, 1, 1));
      assertThat(words.featureNames("a ".repeat(length) + "\u023a".repeat(length)))
          .endsWith("\u2c65".repeat(length));
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 0xff);
      assertThat(row(new TextVectorizer(spec(TextUnit.CHARACTERS, 1, 1)), bytes))
          .containsExactly(Map.entry(TextVectorizer.featureId("\ufffd"), (double) length));
    }
  }

  @Test
  void textsWithoutAnNGramAreEmptyRows() {
    TextVectorizer vectorizer =
        new TextVectorizer(new TextSpec(TextUnit.WORDS, 2, 3, Weighting.LOG, RowNorm.L2));
    for (String text : List.of("", "   ", "one", "...!")) {
      assertThat(row(vectorizer, text)).as(text).isEmpty();
    }
  }

  @Test
  void readsOnlyItsRangeAndOverwritesTheRow() {
    TextVectorizer vectorizer = new TextVectorizer(spec(TextUnit.WORDS, 1, 1));
    byte[] bytes = "xxaé bxx".getBytes(StandardCharsets.UTF_8);
    SparseRow row = new SparseRow();
    row.append(9, 9);
    vectorizer.vectorize(bytes, 2, 5, row);
    assertThat(row.size()).isEqualTo(2);
    // The range may cut a character in two: the half is ill-formed.
    vectorizer.vectorize(bytes, 2, 2, row);
    assertThat(row.ids()[0]).isEqualTo(TextVectorizer.featureId("a"));
    assertThatThrownBy(() -> vectorizer.vectorize(bytes, 5, 5, row))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLongTextOfFewWordsIsCounted() {
    String text = "spam ".repeat(50_000) + "egg " + "spam ham ".repeat(1_000);
    assertThat(row(new TextVectorizer(spec(TextUnit.WORDS, 1, 1)), text))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    TextVectorizer.featureId("spam"), 51_000.0,
                    TextVectorizer.featureId("egg"), 1.0,
                    TextVectorizer.featureId("ham"), 1_000.0)));
  }

  @Test
  void logWeightsGrowAsTheLogarithm() {
    TextVectorizer vectorizer = new TextVectorizer(words(Weighting.LOG, RowNorm.NONE));
    TreeMap<Long, Double> row = row(vectorizer, "a " + "b ".repeat(3) + "c ".repeat(1000));
    assertThat(row.get(TextVectorizer.featureId("a"))).isEqualTo(1.0);
    assertThat(row.get(TextVectorizer.featureId("b"))).isEqualTo(1 + StrictMath.log(3));
    assertThat(row.get(TextVectorizer.featureId("c"))).isEqualTo(1 + StrictMath.log(1000));
  }

  @Test
  void l2RowsHaveLengthOne() {
    TextVectorizer vectorizer = new TextVectorizer(words(Weighting.COUNT, RowNorm.L2));
    TreeMap<Long, Double> row = row(vectorizer, "a a a b b b b");
    assertThat(row.get(TextVectorizer.featureId("a"))).isEqualTo(0.6);
    assertThat(row.get(TextVectorizer.featureId("b"))).isEqualTo(0.8);
  }

  /** Weights of scikit-learn 1.x TfidfVectorizer (its defaults) for these three texts. */
  @Test
  void tfIdfIsScikitLearnsDefault() {
    List<String> texts = List.of("red apple", "red red car", "a green car");
    TextSpec spec = words(Weighting.TF_IDF, RowNorm.L2);
    TextVectorizer counting = new TextVectorizer(spec.counts());
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    SparseRow row = new SparseRow();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      counting.vectorize(utf8, 0, utf8.length, row);
      counter.add(row);
    }
    TreeMap<Long, Double> weights = row(new TextVectorizer(spec, counter.freeze()), texts.get(1));
    // idf(red) = idf(car) = ln(4/3) + 1, so the row is (2, 1) / sqrt(5).
    assertThat(weights.get(TextVectorizer.featureId("red")))
        .isCloseTo(2 / Math.sqrt(5), within(1e-15));
    weights = row(new TextVectorizer(spec, counter.freeze()), texts.get(0));
    double red = Math.log(4.0 / 3) + 1;
    double apple = Math.log(4.0 / 2) + 1;
    assertThat(weights.get(TextVectorizer.featureId("apple")))
        .isCloseTo(apple / Math.hypot(red, apple), within(1e-15));
  }

  @Test
  void refusesTfIdfWithoutFrequenciesAndAWrongRange() {
    assertThatThrownBy(() -> new TextVectorizer(words(Weighting.TF_IDF, RowNorm.NONE)))
        .hasMessage("tf-idf needs document frequencies, found none: count them first");
    assertThatThrownBy(() -> spec(TextUnit.WORDS, 2, 1))
        .hasMessage("n-grams need 1 <= min-gram <= max-gram, found 2 and 1");
    assertThatThrownBy(() -> spec(TextUnit.WORDS, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsSortLikeTheDefinition() {
    SplittableRandom random = new SplittableRandom(9);
    IdSort sort = new IdSort();
    for (int count : new int[] {0, 1, 2, 39, 40, 41, 64, 65, 1000, 70_000}) {
      long[] expected = random.longs(count).toArray();
      for (int i = 0; i < count; i++) {
        // Many equal ids, and some that differ in their low bits alone.
        expected[i] = i % 3 == 0 ? 77 : i % 5 == 0 ? i : expected[i];
      }
      System.arraycopy(expected, 0, sort.input(count), 0, count);
      Arrays.sort(expected);
      assertThat(Arrays.copyOf(sort.sort(count), count)).isEqualTo(expected);
    }
  }

  @Test
  void namesReadBackAsTheyWereCut() {
    TextVectorizer vectorizer = new TextVectorizer(spec(TextUnit.WORDS, 2, 2));
    assertThat(vectorizer.featureNames("Red Apple pie").stream().collect(Collectors.joining("|")))
        .isEqualTo("red apple|apple pie");
  }
}
