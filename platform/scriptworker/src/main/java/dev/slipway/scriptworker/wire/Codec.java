package dev.slipway.scriptworker.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages as bytes: a tag, then the record's components in order. */
final class Codec {
  private static final int MOST_ENTRIES = 1000;

  private Codec() {}

  static byte[] encode(Message message) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      write(message, out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Message message, DataOutputStream out) throws IOException {
    switch (message) {
      case Message.Run(
              var key,
              var name,
              var source,
              var event,
              var now,
              var functions,
              var limits) -> {
        out.writeByte(1);
        texts(out, key, name, source, event);
        out.writeLong(now);
        out.writeInt(functions.size());
        texts(out, functions.toArray(String[]::new));
        write(limits, out);
      }
      case Message.Check(var name, var source, var limits) -> {
        out.writeByte(2);
        texts(out, name, source);
        write(limits, out);
      }
      case Message.Answer(var call, var value) -> {
        out.writeByte(3);
        out.writeInt(call);
        texts(out, value);
      }
      case Message.Refusal(var call, var code, var text) -> {
        out.writeByte(4);
        out.writeInt(call);
        texts(out, code, text);
      }
      case Message.Stop(var call) -> {
        out.writeByte(5);
        out.writeInt(call);
      }
      case Message.Ready() -> out.writeByte(6);
      case Message.Call(var call, var function, var arguments) -> {
        out.writeByte(7);
        out.writeInt(call);
        texts(out, function, arguments);
      }
      case Message.Log(var level, var text) -> {
        out.writeByte(8);
        out.writeByte(level.ordinal());
        texts(out, text);
      }
      case Message.Passed(var limit) -> {
        out.writeByte(9);
        out.writeByte(limit.ordinal());
      }
      case Message.Returned(var value, var usage) -> {
        out.writeByte(10);
        texts(out, value);
        write(usage, out);
      }
      case Message.Failed(var fault, var usage) -> {
        out.writeByte(11);
        write(fault, out);
        write(usage, out);
      }
      case Message.Ended(var limit, var usage) -> {
        out.writeByte(12);
        out.writeByte(limit.ordinal());
        write(usage, out);
      }
      case Message.Checked(var faults) -> {
        out.writeByte(13);
        out.writeInt(faults.size());
        for (var fault : faults) {
          write(fault, out);
        }
      }
    }
  }

  static Message decode(byte[] bytes) throws ProtocolException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var message = read(in);
      if (in.available() > 0) {
        throw new ProtocolException("a frame is longer than its message");
      }
      return message;
    } catch (ProtocolException known) {
      throw known;
    } catch (IOException broken) {
      throw new ProtocolException("a frame is shorter than its message");
    }
  }

  private static Message read(DataInputStream in) throws IOException {
    var tag = in.readByte();
    return switch (tag) {
      case 1 ->
          new Message.Run(
              text(in), text(in), text(in), text(in), in.readLong(), textList(in), readLimits(in));
      case 2 -> new Message.Check(text(in), text(in), readLimits(in));
      case 3 -> new Message.Answer(in.readInt(), text(in));
      case 4 -> new Message.Refusal(in.readInt(), text(in), text(in));
      case 5 -> new Message.Stop(in.readInt());
      case 6 -> new Message.Ready();
      case 7 -> new Message.Call(in.readInt(), text(in), text(in));
      case 8 -> new Message.Log(constant(in, Message.Level.values()), text(in));
      case 9 -> new Message.Passed(constant(in, Limit.values()));
      case 10 -> new Message.Returned(text(in), readUsage(in));
      case 11 -> new Message.Failed(readFault(in), readUsage(in));
      case 12 -> new Message.Ended(constant(in, Limit.values()), readUsage(in));
      case 13 -> new Message.Checked(readFaults(in));
      default -> throw new ProtocolException("no message has the tag " + tag);
    };
  }

  private static void write(Limits limits, DataOutputStream out) throws IOException {
    out.writeInt(limits.cpuMillis());
    out.writeInt(limits.wallMillis());
    out.writeInt(limits.stackFrames());
    out.writeLong(limits.allocatedBytes());
    out.writeInt(limits.stringChars());
    out.writeInt(limits.arrayElements());
    out.writeInt(limits.outputChars());
    out.writeInt(limits.calls());
  }

  private static Limits readLimits(DataInputStream in) throws IOException {
    return new Limits(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt());
  }

  private static void write(Message.Usage usage, DataOutputStream out) throws IOException {
    out.writeInt(usage.cpuMillis());
    out.writeInt(usage.wallMillis());
  }

  private static Message.Usage readUsage(DataInputStream in) throws IOException {
    return new Message.Usage(in.readInt(), in.readInt());
  }

  private static void write(Message.Fault fault, DataOutputStream out) throws IOException {
    texts(out, fault.message());
    out.writeInt(fault.line());
    out.writeInt(fault.column());
    texts(out, fault.stack() == null ? "" : fault.stack());
  }

  private static Message.Fault readFault(DataInputStream in) throws IOException {
    var message = text(in);
    var line = in.readInt();
    var column = in.readInt();
    var stack = text(in);
    return new Message.Fault(message, line, column, stack.isEmpty() ? null : stack);
  }

  private static List<Message.Fault> readFaults(DataInputStream in) throws IOException {
    var count = count(in);
    var faults = new ArrayList<Message.Fault>(count);
    for (var i = 0; i < count; i++) {
      faults.add(readFault(in));
    }
    return faults;
  }

  private static void texts(DataOutputStream out, String... texts) throws IOException {
    for (var text : texts) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    var length = in.readInt();
    // A frame lies in memory as a whole, so what is there is known.
    if (length < 0 || length > in.available()) {
      throw new ProtocolException("a text is longer than its frame");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static List<String> textList(DataInputStream in) throws IOException {
    var count = count(in);
    var texts = new ArrayList<String>(count);
    for (var i = 0; i < count; i++) {
      texts.add(text(in));
    }
    return texts;
  }

  private static int count(DataInputStream in) throws IOException {
    var count = in.readInt();
    if (count < 0 || count > MOST_ENTRIES) {
      throw new ProtocolException("a list has " + count + " entries");
    }
    return count;
  }

  private static <E> E constant(DataInputStream in, E[] values) throws IOException {
    var ordinal = in.readUnsignedByte();
    if (ordinal >= values.length) {
      throw new ProtocolException("no constant has the number " + ordinal);
    }
    return values[ordinal];
  }
}
