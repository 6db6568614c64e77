package dev.slipway.fleet.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message by the numbers of its fields, written and read without any .proto: so that a wrong
 * number there shows.
 */
final class Fields {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  static Fields of() {
    return new Fields();
  }

  private Fields add(Part part) {
    try {
      var out = CodedOutputStream.newInstance(bytes);
      part.write(out);
      out.flush();
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Fields text(int number, String value) {
    return add(out -> out.writeString(number, value));
  }

  Fields bytes(int number, byte[] value) {
    return add(out -> out.writeByteArray(number, value));
  }

  Fields flag(int number, boolean value) {
    return add(out -> out.writeBool(number, value));
  }

  Fields whole(int number, long value) {
    return add(out -> out.writeInt64(number, value));
  }

  Fields real(int number, double value) {
    return add(out -> out.writeDouble(number, value));
  }

  Fields inside(int number, Fields value) {
    return bytes(number, value.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** A received message. */
  static final class Read {
    private final Map<Integer, List<Object>> values = new LinkedHashMap<>();

    Read(byte[] message) {
      try {
        var in = CodedInputStream.newInstance(message);
        for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
          values
              .computeIfAbsent(WireFormat.getTagFieldNumber(tag), number -> new ArrayList<>())
              .add(value(in, tag));
        }
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }

    private static Object value(CodedInputStream in, int tag) throws IOException {
      return switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> in.readInt64();
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readBytes();
        case WireFormat.WIRETYPE_FIXED64 -> Double.longBitsToDouble(in.readFixed64());
        default -> throw new IOException("no field of the protocol is written like tag " + tag);
      };
    }

    List<Object> all(int number) {
      return values.getOrDefault(number, List.of());
    }

    String text(int number) {
      return all(number).isEmpty() ? "" : ((ByteString) all(number).getFirst()).toStringUtf8();
    }

    long whole(int number) {
      return all(number).isEmpty() ? 0 : (Long) all(number).getFirst();
    }

    List<Read> inside(int number) {
      return all(number).stream().map(each -> new Read(((ByteString) each).toByteArray())).toList();
    }
  }
}
