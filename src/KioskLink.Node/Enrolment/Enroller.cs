using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Enrolment;

/// <summary>Trades the enrolment token for a certificate: key and node key are made here, the token is removed afterwards.</summary>
internal sealed class Enroller(NodeConfig config, IdentityFile file, TimeProvider time, ILogger<Enroller> log)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly NodeKeyCustody _custody = new(config);

    /// <summary>Enrols; while the register cannot be reached it is tried again.</summary>
    /// <exception cref="StartProblem">The token is missing, damaged or refused.</exception>
    public async Task<(NodeIdentity Identity, byte[] NodeKey)> EnrolAsync(RetryDelay retry, CancellationToken stopping)
    {
        var token = EnrolmentTokens.Read(config);
        while (true)
        {
            try
            {
                return await EnrolAsync(token, stopping);
            }
            catch (RpcException error) when (!Refusal.IsAnswer(error) && !Refusal.IsCertificateRefused(error))
            {
                log.EnrolmentDelayed(config.Register, error.Status.Detail);
                await Task.Delay(retry.Next(), time, stopping);
            }
        }
    }

    private async Task<(NodeIdentity Identity, byte[] NodeKey)> EnrolAsync(EnrollmentToken token, CancellationToken stopping)
    {
        using var key = CertificateRequests.NewKey();
        var nodeKey = _custody.ForEnrolment();
        var answer = await CallAsync(token, CertificateRequests.For(config.Node, key), nodeKey, stopping);
        var identity = new NodeIdentity(
            CertificateRequests.WithKey(answer.Certificate.ToByteArray(), key), X509CertificateLoader.LoadCertificate(answer.CaCertificate.Span),
            answer.EnvelopeKey.ToByteArray(), answer.Consortium, answer.BranchId, answer.NodeId);
        _custody.Keep(nodeKey);
        file.Write(identity);
        File.Delete(config.Enrollment!);
        log.Enrolled(answer.NodeId, answer.BranchId);
        return (file.Read()!, nodeKey);
    }

    private async Task<EnrollNodeResponse> CallAsync(EnrollmentToken token, byte[] certificateRequest, byte[] nodeKey, CancellationToken stopping)
    {
        using var authority = X509CertificateLoader.LoadCertificate(token.CaCertificate.Span);
        string? refused = null;
        using var channel = RegisterChannels.Open(config.Register, null, (shown, errors) =>
            (refused = ServerCheck.FindProblem(shown, errors, authority, null, null)) is null);
        var request = new EnrollNodeRequest
        {
            Secret = token.Secret,
            CertificateRequest = ByteString.CopyFrom(certificateRequest),
            NodeKey = ByteString.CopyFrom(nodeKey),
            Custody = _custody.OnWire,
        };
        request.PinAlgorithms.AddRange(PinAlgorithms.Available);
        try
        {
            return await new NodeService.NodeServiceClient(channel)
                .EnrollNodeAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: stopping);
        }
        catch (RpcException) when (refused is not null)
        {
            throw new StartProblem($"The register at {config.Register} is refused: {refused}. Check the key \"register\", or make a token from that register.");
        }
        catch (RpcException error) when (Refusal.IsAnswer(error) || Refusal.IsCertificateRefused(error))
        {
            throw new StartProblem($"The register at {config.Register} does not enrol this node: {error.Status.Detail} A token works once: make a new one with `kiosklink node enroll`.");
        }
    }
}
