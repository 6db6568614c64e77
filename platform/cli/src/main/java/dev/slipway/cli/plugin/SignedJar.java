package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Signs a plugin's jar: {@code META-INF/slipway.sums} names every other file with its SHA-256, and
 * {@code META-INF/slipway.sig} holds the key and its signature of that list.
 */
public final class SignedJar {
  private static final String SUMS = "META-INF/slipway.sums";
  private static final String SIGNATURE = "META-INF/slipway.sig";

  private SignedJar() {}

  /** Replaces the jar by itself with the signature; a signature that it has is replaced. */
  public static void write(Path jar, SigningKey key) {
    try {
      var signed = Files.createTempFile(jar.toAbsolutePath().getParent(), "signed-", ".part");
      try {
        copy(jar, signed, key);
        Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(signed);
      }
    } catch (IOException failure) {
      throw CliException.failed(jar + " can not be signed: " + failure.getMessage());
    }
  }

  private static void copy(Path jar, Path signed, SigningKey key) throws IOException {
    var sums = new TreeMap<String, String>();
    try (var in = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(signed))) {
      for (Enumeration<? extends ZipEntry> all = in.entries(); all.hasMoreElements(); ) {
        var entry = all.nextElement();
        var name = entry.getName();
        if (entry.isDirectory() || name.equals(SUMS) || name.equals(SIGNATURE)) {
          continue;
        }
        var content = in.getInputStream(entry).readAllBytes();
        sums.put(name, sha256(content));
        add(out, name, content);
      }
      var list =
          sums.entrySet().stream()
              .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
              .collect(Collectors.joining())
              .getBytes(StandardCharsets.UTF_8);
      add(out, SUMS, list);
      var base64 = Base64.getEncoder();
      var lines =
          "key %s\nsignature %s\n"
              .formatted(
                  base64.encodeToString(key.open().getEncoded()),
                  base64.encodeToString(key.sign(list)));
      add(out, SIGNATURE, lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }
}
