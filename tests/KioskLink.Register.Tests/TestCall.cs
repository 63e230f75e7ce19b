using Grpc.Core;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Tests;

/// <summary>A call whose caller passed the identity check.</summary>
internal sealed class TestCall : ServerCallContext
{
    private string _peer = "unix:";

    private TestCall(CallerIdentity caller) => UserState[CallerContext.Key] = caller;

    protected override string MethodCore => "/test";

    protected override string HostCore => "register";

    protected override string PeerCore => _peer;

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => CancellationToken.None;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    public static TestCall Admin(string name = "admin") => new(new CallerIdentity(CallerRole.Administrator, "lastu", name, null));

    /// <summary>A patron's call in the own view, with a session's token or without.</summary>
    public static TestCall Patron(string token = "", string peer = "unix:")
    {
        var call = new TestCall(new CallerIdentity(CallerRole.Patron, "lastu", "", null)) { _peer = peer };
        if (token.Length > 0)
        {
            call.RequestHeadersCore.Add("authorization", $"Bearer {token}");
        }

        return call;
    }

    public static TestCall Of(CallerRole role, string name) => new(new CallerIdentity(role, "lastu", name, null));

    public static TestCall Node(string node = "main-front", string branch = TestRegister.Main) =>
        new(new CallerIdentity(CallerRole.Node, "lastu", node, branch));

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
