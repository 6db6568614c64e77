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

  private final Secrets secrets;

  AgentText(Secrets secrets) {
    this.secrets = secrets;
  }

  String output(ByteString bytes) {
    var kept = bytes.size() <= LARGEST_OUTPUT ? bytes : bytes.substring(0, LARGEST_OUTPUT);
    return clean(decoded(kept));
  }

  String line(String text) {
    return clean(text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE));
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
