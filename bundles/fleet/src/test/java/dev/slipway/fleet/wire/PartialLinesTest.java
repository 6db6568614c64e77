package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.api.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartialLinesTest {
  final PartialLines lines = new PartialLines();
  final UUID command = Ids.next();

  String complete(UUID id, String chunk) {
    return lines.complete(id, ByteString.copyFromUtf8(chunk)).toStringUtf8();
  }

  @Test
  void aLineThatGoesOnInTheNextChunkIsKeptBack() {
    assertThat(complete(command, "one\ntw")).isEqualTo("one\n");
    assertThat(complete(command, "")).isEmpty();
    assertThat(complete(command, "o\nthr")).isEqualTo("two\n");
    assertThat(lines.rest(command).toStringUtf8()).isEqualTo("thr");
    assertThat(lines.rest(command).isEmpty()).isTrue();
  }

  @Test
  void aChunkWithoutABreakEndsALine() {
    assertThat(complete(command, "whole")).isEqualTo("whole");
    assertThat(complete(command, "one\ntw")).isEqualTo("one\n");
    assertThat(complete(command, "o")).isEqualTo("two");
  }

  @Test
  void aCharacterThatIsCutInTwoIsWholeAgain() {
    var text = ByteString.copyFromUtf8("a\n\u00e4\n");
    assertThat(lines.complete(command, text.substring(0, 3)).toStringUtf8()).isEqualTo("a\n");
    assertThat(lines.complete(command, text.substring(3)).toStringUtf8()).isEqualTo("\u00e4\n");
  }

  @Test
  void commandsAreApart() {
    var other = Ids.next();
    complete(command, "\nof one");
    complete(other, "\nof the other");
    assertThat(complete(command, ", more\n")).isEqualTo("of one, more\n");
    assertThat(complete(other, "\n")).isEqualTo("of the other\n");
  }

  @Test
  void aLineWithoutEndIsNotGatheredForEver() {
    assertThat(complete(command, "\n" + "x".repeat(20_000))).hasSize(20_001);
    for (var n = 0; n < 1_000; n++) {
      complete(Ids.next(), "\nrest");
    }
    assertThat(lines.rest(command).isEmpty()).isTrue();
  }
}
