package dev.slipway.accounts.resource;

import dev.slipway.accounts.Member;
import dev.slipway.api.Role;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Members as the other members see them. */
public final class MemberPayloads {
  private MemberPayloads() {}

  public record View(UUID userId, String email, String displayName, Role role, Instant joinedAt) {
    public static View of(Member member) {
      return new View(
          member.userId(), member.email(), member.displayName(), member.role(), member.joinedAt());
    }
  }

  public record MembersAnswer(List<View> members) {
    public static MembersAnswer of(List<Member> members) {
      return new MembersAnswer(members.stream().map(View::of).toList());
    }
  }

  public record Invite(@NotNull @Size(max = 1000) String email, @NotNull Role role) {}

  public record RoleChange(@NotNull Role role) {}
}
