using System.Net.Security;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using NodaTime;

namespace KioskLink.Node.Tests.RegisterLink;

public class ServerCheckTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private readonly TestAuthority _authority = new();

    [Fact]
    public void The_consortiums_register_is_accepted() =>
        Assert.Null(ServerCheck.FindProblem(_authority.NewServer(), SslPolicyErrors.RemoteCertificateChainErrors, _authority.Certificate, TestAuthority.Consortium, Noon));

    [Fact]
    public void Another_ca_is_refused() => Assert.Contains(
        "CA", ServerCheck.FindProblem(new TestAuthority().NewServer(), SslPolicyErrors.None, _authority.Certificate, TestAuthority.Consortium, Noon), StringComparison.Ordinal);

    [Fact]
    public void Another_role_is_refused() => Assert.Contains(
        "not a register", ServerCheck.FindProblem(_authority.NewServer("node"), SslPolicyErrors.None, _authority.Certificate, TestAuthority.Consortium, Noon), StringComparison.Ordinal);

    [Fact]
    public void Another_consortium_is_refused() => Assert.Contains(
        "another consortium",
        ServerCheck.FindProblem(_authority.NewServer(consortium: "heili"), SslPolicyErrors.None, _authority.Certificate, TestAuthority.Consortium, Noon), StringComparison.Ordinal);

    [Fact]
    public void Another_name_is_refused() => Assert.Contains(
        "name",
        ServerCheck.FindProblem(_authority.NewServer(), SslPolicyErrors.RemoteCertificateNameMismatch, _authority.Certificate, TestAuthority.Consortium, Noon), StringComparison.Ordinal);

    [Fact]
    public void Dates_count_only_by_a_trusted_clock()
    {
        var old = _authority.NewServer(end: new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Contains("not valid at this time", ServerCheck.FindProblem(old, SslPolicyErrors.None, _authority.Certificate, TestAuthority.Consortium, Noon), StringComparison.Ordinal);
        Assert.Null(ServerCheck.FindProblem(old, SslPolicyErrors.None, _authority.Certificate, TestAuthority.Consortium, null));
    }
}
