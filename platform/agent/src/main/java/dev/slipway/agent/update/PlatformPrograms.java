package dev.slipway.agent.update;

import dev.slipway.agent.command.CommandFailure;
import dev.slipway.agent.command.Payload;
import dev.slipway.agent.identity.PlatformApi;
import dev.slipway.agent.wire.Backend;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/** Programs in the order of the contract: in the command, over the platform's stream, by https. */
public final class PlatformPrograms implements UpdateCommands.ProgramSource {
  private static final Duration LIMIT = Duration.ofSeconds(300);
  private static final long MOST_BYTES = 128L << 20;
  private static final String TOO_LARGE = "the program is larger than 128 MiB";

  private final Backend backend;
  private final PlatformApi api;

  public PlatformPrograms(Backend backend, PlatformApi api) {
    this.backend = backend;
    this.api = api;
  }

  @Override
  public String fetch(Payload payload, String version, String arch, Path target)
      throws CommandFailure, IOException, InterruptedException {
    var digest = sha256();
    try (var out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
      var inline = payload.text("binary_base64", "");
      var url = payload.text("download_url", "");
      if (!inline.isEmpty()) {
        out.write(decoded(inline));
      } else if (!url.isEmpty() && !streamed(version, arch, out, true)) {
        download(url, out);
      } else if (url.isEmpty()) {
        streamed(version, arch, out, false);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] decoded(String inline) throws CommandFailure {
    try {
      return Base64.getDecoder().decode(inline);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: binary_base64 is not base64");
    }
  }

  /** False where the platform has none to stream and another way is left. */
  private boolean streamed(String version, String arch, OutputStream out, boolean otherWay)
      throws CommandFailure, IOException {
    var request =
        DownloadAgentBinaryRequest.newBuilder()
            .setVersion(version)
            .setOs("linux")
            .setArch(arch)
            .build();
    try {
      var chunks = backend.unary(LIMIT).downloadAgentBinary(request);
      long size = 0;
      long announced = 0;
      for (int next = 0; chunks.hasNext(); next++) {
        var chunk = chunks.next();
        if (chunk.getSeq() != next) {
          throw new CommandFailure("part " + next + " of the program is missing");
        }
        announced = next == 0 ? chunk.getTotalSize() : announced;
        size += chunk.getData().size();
        if (size > MOST_BYTES || announced > MOST_BYTES) {
          throw new CommandFailure(TOO_LARGE);
        }
        chunk.getData().writeTo(out);
      }
      if (announced != 0 && announced != size) {
        throw new CommandFailure("the program is " + size + " bytes, not " + announced);
      }
      return true;
    } catch (StatusRuntimeException e) {
      var code = e.getStatus().getCode();
      if (otherWay && (code == Status.Code.UNIMPLEMENTED || code == Status.Code.NOT_FOUND)) {
        return false;
      }
      throw new CommandFailure("the program could not be fetched: " + code);
    }
  }

  private void download(String text, OutputStream out)
      throws CommandFailure, IOException, InterruptedException {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: download_url is not a URL");
    }
    if (!"https".equals(url.getScheme()) || url.getHost() == null) {
      throw new CommandFailure("invalid payload: download_url is not https");
    }
    try (InputStream in = api.open(url, LIMIT)) {
      var buffer = new byte[1 << 16];
      long size = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > MOST_BYTES) {
          throw new CommandFailure(TOO_LARGE);
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
