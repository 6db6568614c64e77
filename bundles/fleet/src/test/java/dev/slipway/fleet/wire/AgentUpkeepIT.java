package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New secrets and new programs for agents. */
class AgentUpkeepIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private TestFleet fleet;
  private Enrolled server;
  private ScriptedAgent agent;

  @BeforeEach
  void start() throws Exception {
    fleet = new TestFleet();
    server = fleet.enrol("machine");
    agent = new ScriptedAgent(fleet.grpc.port(), server);
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    fleet.close();
  }

  private static JsonNode payload(Command command) throws Exception {
    return JSON.readTree(command.getPayload().toStringUtf8());
  }

  /** As the contract has it, without our agent's code. */
  private static String opened(String sealed, KeyPair keys) throws Exception {
    var blob = Base64.getDecoder().decode(sealed);
    var prefix = HexFormat.of().parseHex("302a300506032b656e032100");
    var encoded = Arrays.copyOf(prefix, prefix.length + 32);
    System.arraycopy(blob, 0, encoded, prefix.length, 32);
    var agreement = KeyAgreement.getInstance("X25519");
    agreement.init(keys.getPrivate());
    agreement.doPhase(
        KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)), true);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(agreement.generateSecret(), "AES"),
        new GCMParameterSpec(128, blob, 32, 12));
    return new String(cipher.doFinal(blob, 44, blob.length - 44), StandardCharsets.UTF_8);
  }

  private Status.Code beat(String secret) throws Exception {
    try (var other = new ScriptedAgent(fleet.grpc.port(), new Enrolled(server.id(), secret))) {
      return ScriptedAgent.code(other::heartbeat);
    }
  }

  @Test
  void bothSecretsOpenUntilTheNewOneIsSeen() throws Exception {
    var keys = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    var encoded = keys.getPublic().getEncoded();
    var raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    assertThat(fleet.rotate(server.id())).as("without a key").isFalse();
    var stream = agent.openAndGreet();
    agent
        .blocking()
        .heartbeat(
            HeartbeatRequest.newBuilder().setAgentX25519Pubkey(ByteString.copyFrom(raw)).build());
    assertThat(fleet.rotate(server.id())).isTrue();
    var command = stream.next(CommandType.COMMAND_TYPE_ROTATE_AGENT_SECRET);
    var secret = opened(payload(command).path("secret_enc").asText(), keys);
    assertThat(secret).isNotEqualTo(server.secret()).hasSize(43);
    stream.finish(command.getId(), "completed", "agent_secret_rotated");
    TestFleet.await(
        "it is completed",
        () -> fleet.command(UUID.fromString(command.getId())).status() == CommandStatus.COMPLETED);
    assertThat(beat(server.secret())).as("the old one, still").isEqualTo(Status.Code.OK);
    assertThat(beat(secret)).as("the new one").isEqualTo(Status.Code.OK);
    assertThat(beat(server.secret())).as("the old one").isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(beat(secret)).isEqualTo(Status.Code.OK);
  }

  @Test
  void asksWithAPointOfLowOrderForNothing() {
    agent
        .blocking()
        .heartbeat(
            HeartbeatRequest.newBuilder()
                .setAgentX25519Pubkey(ByteString.copyFrom(new byte[32]))
                .build());
    assertThat(fleet.rotate(server.id())).isFalse();
  }

  @Test
  void offersASignedProgramAndSendsIt() throws Exception {
    var bytes = new ByteArrayOutputStream();
    bytes.write("#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII));
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/maven/dev.slipway/agent/pom.properties"));
      zip.write("version=7.1\n".getBytes(StandardCharsets.US_ASCII));
      zip.putNextEntry(new ZipEntry("filling"));
      var noise = new byte[1_000_000];
      new Random(1).nextBytes(noise);
      zip.write(noise);
    }
    var program = Files.write(folder.resolve("program"), bytes.toByteArray());
    fleet.offer(program);
    var stream = agent.openAndGreet();
    agent
        .blocking()
        .heartbeat(HeartbeatRequest.newBuilder().setAgentVersion("slipway-agent/7.0").build());
    fleet.updateAgents();
    var order = payload(stream.next(CommandType.COMMAND_TYPE_UPDATE_AGENT));
    assertThat(order.path("version").asText()).isEqualTo("7.1");
    var sha256 =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    assertThat(order.path("expected_checksum").asText()).isEqualTo(sha256);
    var check = Signature.getInstance("Ed25519");
    check.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(fleet.updateKey()))));
    check.update(("slipway-agent\n7.1\namd64\n" + sha256 + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(check.verify(Base64.getDecoder().decode(order.path("signature").asText()))).isTrue();
    var got = new ByteArrayOutputStream();
    var wanted = DownloadAgentBinaryRequest.newBuilder().setVersion("7.1").setArch("amd64").build();
    var chunks = agent.blocking().downloadAgentBinary(wanted);
    for (var next = 0; chunks.hasNext(); next++) {
      var chunk = chunks.next();
      assertThat(chunk.getSeq()).isEqualTo(next);
      assertThat(chunk.getTotalSize()).isEqualTo(bytes.size());
      chunk.getData().writeTo(got);
    }
    assertThat(got.toByteArray()).isEqualTo(bytes.toByteArray());
    var other = DownloadAgentBinaryRequest.newBuilder().setVersion("6").build();
    assertThat(ScriptedAgent.code(() -> agent.blocking().downloadAgentBinary(other).hasNext()))
        .isEqualTo(Status.Code.NOT_FOUND);
    fleet.updateAgents();
    assertThat(stream.commands).as("asked once a day").isEmpty();
  }
}
