using Google.Protobuf;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace KioskLink.Node.Tests.Enrolment;

/// <summary>A certificate that is due, and what stands in its way.</summary>
public class RenewalTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly CancellationTokenSource _stopping = new();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;
    private Renewal _renewal = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _rig = new NodeRig(_folder, _authority, _register.Address);
        var parts = _rig.Parts;
        _renewal = new Renewal(
            _authority.NewIdentity(), new IdentityFile(_folder.Path), parts.Channels, parts.Clock, parts.Alarms, TimeProvider.System, NullLogger<Renewal>.Instance);
        _running = _renewal.RunAsync(_stopping.Token);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _register.DisposeAsync();
        _rig.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_certificate_that_the_disk_does_not_take_is_an_alarm_until_it_does()
    {
        _register.Renew = Certify;
        Directory.CreateDirectory(_folder["identity.json"]);
        _renewal.Ask();
        await Patience.Until(() => _rig.Parts.Alarms.Standing.Any(IsAboutRenewal), "the alarm");
        Directory.Delete(_folder["identity.json"]);

        await Patience.Until(IsRenewedWhenAsked, "the certificate was renewed");

        Assert.Equal(TestAuthority.Node, new IdentityFile(_folder.Path).Read()!.NodeId);
    }

    [Fact]
    public async Task A_register_that_answers_nonsense_is_an_alarm_too()
    {
        _register.Renew = _ => new RenewCertificateResponse { Certificate = ByteString.CopyFromUtf8("no certificate") };

        _renewal.Ask();

        await Patience.Until(() => _rig.Parts.Alarms.Standing.Any(IsAboutRenewal), "the alarm");
        Assert.False(_running.IsCompleted);
    }

    private static bool IsAboutRenewal(string alarm) => alarm.StartsWith("The certificate cannot be renewed", StringComparison.Ordinal);

    private bool IsRenewedWhenAsked()
    {
        _renewal.Ask();
        return File.Exists(_folder["identity.json"]) && !_rig.Parts.Alarms.Standing.Any(IsAboutRenewal);
    }

    private RenewCertificateResponse Certify(RenewCertificateRequest request) =>
        new() { Certificate = ByteString.CopyFrom(_authority.Certify(request.CertificateRequest.ToByteArray()).RawData) };
}
