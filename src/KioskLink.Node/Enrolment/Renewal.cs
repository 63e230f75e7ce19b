using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using NodaTime;

namespace KioskLink.Node.Enrolment;

/// <summary>Gets a new certificate from day 30 of its 90, and at once when the register says that it has expired. Runs until the node stops.</summary>
internal sealed class Renewal(
    NodeIdentity identity, IdentityFile file, RegisterChannels channels, NodeClock clock, Alarms alarms, TimeProvider time, ILogger<Renewal> log)
{
    /// <summary>The age at which a certificate is renewed.</summary>
    public static readonly Duration RenewalAge = Duration.FromDays(30);

    private const string RenewalAlarm = "renewal";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodeIdentity _identity = identity;

    /// <summary>Whether a certificate is due.</summary>
    public static bool IsDue(DateTime notBefore, Instant now) => now - Instant.FromDateTimeUtc(notBefore.ToUniversalTime()) >= RenewalAge;

    /// <summary>Renews without waiting for the age.</summary>
    public void Ask() => _asked.TrySetResult();

    /// <summary>Looks at the age now and then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var asked = await AskedAsync(stopping);
            if (asked || (clock.Trusted && IsDue(_identity.Certificate.NotBefore, clock.Now)))
                await RenewAsync(stopping);
        }
    }

    private async Task<bool> AskedAsync(CancellationToken stopping)
    {
        var asked = _asked.Task;
        await asked.WaitAsync(LookEvery, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asked.IsCompleted)
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return asked.IsCompleted;
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        try
        {
            using var key = CertificateRequests.NewKey();
            var request = new RenewCertificateRequest { CertificateRequest = ByteString.CopyFrom(CertificateRequests.For(_identity.NodeId, key)) };
            var answer = await channels.Reports.RenewCertificateAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: stopping);
            file.Write(_identity with { Certificate = CertificateRequests.WithKey(answer.Certificate.ToByteArray(), key) });
            _identity = file.Read()!;
            channels.Use(_identity);
            alarms.Clear(LinkLoop.CertificateAlarm);
            alarms.Clear(RenewalAlarm);
            log.CertificateRenewed(_identity.Certificate.NotAfter);
        }
        catch (RpcException error)
        {
            Failed(error.Status.Detail);
        }
        catch (Exception error) when (error is IOException or CryptographicException or ObjectDisposedException or StartProblem)
        {
            Failed(error.Message);
        }
    }

    private void Failed(string reason) =>
        alarms.Raise(RenewalAlarm, $"The certificate cannot be renewed: {reason} It ends {_identity.Certificate.NotAfter:u}.");
}
