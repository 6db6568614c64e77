package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes whole lines of the chunks in which commands print: a secret that is cut in two where a
 * chunk ends would be known again in neither half. A chunk without any line break ends a line,
 * because agents send some lines without theirs. Called by one thread at a time.
 */
final class PartialLines {
  /** A line that is longer goes on as it is. */
  private static final int LONGEST = 16 * 1024;

  private static final int MOST_OPEN = 256;

  private final Map<UUID, ByteString> rests =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ByteString> eldest) {
          return size() > MOST_OPEN;
        }
      };

  /** The lines that are complete with this chunk; the beginning of the next one is kept back. */
  ByteString complete(UUID commandId, ByteString chunk) {
    if (chunk.isEmpty()) {
      return chunk;
    }
    var text = rest(commandId).concat(chunk);
    var end = lastBreak(text) + 1;
    if (lastBreak(chunk) < 0 || text.size() - end > LONGEST) {
      return text;
    }
    if (end < text.size()) {
      rests.put(commandId, text.substring(end));
    }
    return text.substring(0, end);
  }

  /** What was kept back of a command; it is forgotten. */
  ByteString rest(UUID commandId) {
    var rest = rests.remove(commandId);
    return rest == null ? ByteString.EMPTY : rest;
  }

  private static int lastBreak(ByteString text) {
    for (var i = text.size() - 1; i >= 0; i--) {
      if (text.byteAt(i) == '\n') {
        return i;
      }
    }
    return -1;
  }
}
