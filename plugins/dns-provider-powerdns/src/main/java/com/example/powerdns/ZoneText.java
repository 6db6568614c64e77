package com.example.powerdns;

import dev.slipway.api.dns.DnsRecords.Type;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values as the platform writes them, and as zone files do. */
final class ZoneText {
  /** Most bytes of one string of a TXT record. */
  private static final int LONGEST = 255;

  private ZoneText() {}

  static boolean isKnown(String type) {
    return Arrays.stream(Type.values()).anyMatch(known -> known.name().equals(type));
  }

  static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  static String theirs(Type type, String value) {
    return switch (type) {
      case CNAME, MX -> value + ".";
      case TXT -> quoted(value);
      case A, AAAA, CAA -> value;
    };
  }

  static String ours(Type type, String content) {
    return switch (type) {
      case CNAME, MX -> withoutDot(content);
      case TXT -> plain(content);
      case A, AAAA, CAA -> content;
    };
  }

  /** Strings of at most 255 bytes; whatever is not printable ASCII is written as {@code \ddd}. */
  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    var length = 0;
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      if (length++ == LONGEST) {
        out.append("\" \"");
        length = 1;
      }
      var c = b & 0xff;
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append((char) c);
      } else {
        out.append("\\%03d".formatted(c));
      }
    }
    return out.append('"').toString();
  }

  private static String plain(String content) {
    var bytes = new ByteArrayOutputStream();
    var inside = false;
    for (var i = 0; i < content.length(); i++) {
      var c = content.charAt(i);
      if (c == '"') {
        inside = !inside;
      } else if (c == '\\'
          && i + 3 < content.length()
          && Character.isDigit(content.charAt(i + 1))) {
        bytes.write(Integer.parseInt(content.substring(i + 1, i + 4)));
        i += 3;
      } else if (c == '\\' && i + 1 < content.length()) {
        bytes.write(content.charAt(++i));
      } else if (inside) {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
