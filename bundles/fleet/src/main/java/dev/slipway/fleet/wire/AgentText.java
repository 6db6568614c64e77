package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.api.security.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Text from an agent as the platform may keep it: within bounds, without NUL, known secrets masked.
 */
final class AgentText {
  /** Most bytes of a command's output that are kept. */
  static final int LARGEST_OUTPUT = 1 << 20;

  /** Most characters of a log line. */
  static final int LONGEST_LINE = 64 * 1024;

  /** Of a secret that is cut off in its middle, at most so much can not be known again. */
  private static final int EDGE = 64;

  private final Secrets secrets;

  AgentText(Secrets secrets) {
    this.secrets = secrets;
  }

  String output(ByteString bytes) {
    var cut = bytes.size() > LARGEST_OUTPUT + EDGE;
    return within(
        decoded(cut ? bytes.substring(0, LARGEST_OUTPUT + EDGE) : bytes), LARGEST_OUTPUT, cut);
  }

  String line(String text) {
    var cut = text.length() > LONGEST_LINE + EDGE;
    return within(cut ? text.substring(0, LONGEST_LINE + EDGE) : text, LONGEST_LINE, cut);
  }

  /**
   * The text with its secrets masked, and only then cut; where it was cut before, without the edge.
   */
  private String within(String text, int most, boolean cut) {
    var clean = clean(text);
    var whole = cut ? clean.length() - EDGE : clean.length();
    return clean.substring(0, Math.max(0, Math.min(whole, most)));
  }

  /** A short word such as a name; not masked. */
  static String word(String text, int most) {
    var kept = text.length() <= most ? text : text.substring(0, most);
    return kept.replace('\0', '\ufffd');
  }

  /** An id; null where the text is none. */
  static @Nullable UUID id(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }

  private String clean(String text) {
    return secrets.mask(text.replace('\0', '\ufffd'));
  }

  private static String decoded(ByteString bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
