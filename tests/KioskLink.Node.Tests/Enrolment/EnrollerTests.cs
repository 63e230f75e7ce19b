using KioskLink.Node.Enrolment;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Cards;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace KioskLink.Node.Tests.Enrolment;

public class EnrollerTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private ScriptedRegister _register = null!;

    public async Task InitializeAsync() => _register = await ScriptedRegister.StartAsync(_authority);

    public async Task DisposeAsync()
    {
        await _register.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_token_becomes_a_certificate_and_is_gone()
    {
        _register.Enroll = Certify;
        var config = Config(Token(_authority));

        var (identity, nodeKey) = await EnrolAsync(config);

        Assert.Equal((TestAuthority.Node, TestAuthority.Branch), (identity.NodeId, identity.BranchId));
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.False(File.Exists(config.Enrollment));
        Assert.Equal(nodeKey, await File.ReadAllBytesAsync(_folder["node.key"]));
        Assert.Equal(identity.Certificate.Thumbprint, new IdentityFile(_folder.Path).Read()!.Certificate.Thumbprint);
        Assert.All(["node.key", "identity.json"], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder[file])));
    }

    [Fact]
    public async Task Where_the_register_keeps_the_key_the_disk_holds_the_badge_key_alone()
    {
        _register.Enroll = Certify;
        var config = Config(Token(_authority)) with { KeyCustody = Node.Hosting.KeyCustody.Register };

        var (_, nodeKey) = await EnrolAsync(config);

        Assert.False(File.Exists(_folder["node.key"]));
        Assert.Equal(NodeKeys.Derive(nodeKey).KBadge, await File.ReadAllBytesAsync(_folder["badge.key"]));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(nodeKey)));
        using var secrets = new NodeSecrets();
        new NodeKeyCustody(config).Unlock(secrets);
        Assert.Null(secrets.Keys);
        Assert.NotNull(secrets.BadgeKey);
    }

    [Fact]
    public async Task A_key_that_is_missing_is_one_clear_sentence()
    {
        _register.Enroll = Certify;
        var config = Config(Token(_authority));
        await EnrolAsync(config);
        File.Delete(_folder["node.key"]);
        using var secrets = new NodeSecrets();

        var problem = Assert.Throws<StartProblem>(() => new NodeKeyCustody(config).Unlock(secrets));

        Assert.Contains("enrol the node anew", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"certificate\": ")]
    public void A_damaged_identity_is_one_clear_sentence(string content)
    {
        _folder.Write("identity.json", content);

        var problem = Assert.Throws<StartProblem>(() => new IdentityFile(_folder.Path).Read());

        Assert.Contains("identity.json is damaged", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_one_clear_sentence()
    {
        var problem = await Assert.ThrowsAsync<StartProblem>(() => EnrolAsync(Config(Token(_authority))));

        Assert.Contains("make a new one", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_of_another_ca_is_refused_before_the_secret_is_sent()
    {
        var asked = false;
        _register.Enroll = request =>
        {
            asked = true;
            return Certify(request);
        };

        var problem = await Assert.ThrowsAsync<StartProblem>(() => EnrolAsync(Config(Token(new TestAuthority()))));

        Assert.Contains("CA", problem.Message, StringComparison.Ordinal);
        Assert.False(asked);
    }

    [Fact]
    public async Task A_missing_token_says_how_to_make_one()
    {
        var problem = await Assert.ThrowsAsync<StartProblem>(() => EnrolAsync(Config(null)));

        Assert.Contains("kiosklink node enroll", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_token_is_named()
    {
        var problem = await Assert.ThrowsAsync<StartProblem>(() => EnrolAsync(Config("no token at all")));

        Assert.Contains("damaged", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void A_certificate_is_renewed_from_its_thirtieth_day(int age, bool due)
    {
        var made = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

        Assert.Equal(due, Renewal.IsDue(made, Instant.FromDateTimeUtc(made) + Duration.FromDays(age)));
    }

    private Task<(NodeIdentity Identity, byte[] NodeKey)> EnrolAsync(NodeConfig config) =>
        new Enroller(config, new IdentityFile(config.Data), TimeProvider.System, NullLogger<Enroller>.Instance).EnrolAsync(new RetryDelay(() => 0), CancellationToken.None);

    private NodeConfig Config(string? token) => new()
    {
        Node = TestAuthority.Node,
        Branch = TestAuthority.Branch,
        Register = _register.Address,
        Data = _folder.Path,
        KeyCustody = Node.Hosting.KeyCustody.Disk,
        Enrollment = token is null ? _folder["absent.token"] : _folder.Write("enrollment.token", token),
    };

    private static string Token(TestAuthority authority) => Enrolments.Token(authority);

    private EnrollNodeResponse Certify(EnrollNodeRequest request) => Enrolments.Certify(_authority, request);
}
