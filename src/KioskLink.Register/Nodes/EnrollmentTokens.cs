using System.Buffers.Text;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>Makes one-time enrolment tokens. A token holds the CA certificate itself, so that a node trusts it and nothing else.</summary>
internal sealed class EnrollmentTokens(RegisterCore core, CertificateAuthority authority, RegisterEndpoint endpoint)
{
    private const int SecretLength = 32;
    private const int NodeIdMax = 64;
    private static readonly Duration DefaultValidity = Duration.FromHours(24);
    private static readonly Duration ValidityMax = Duration.FromDays(7);

    /// <summary>Makes a token for a node of a branch.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, or NOT_FOUND for an unknown branch.</exception>
    public async Task<CreateEnrollmentResponse> CreateAsync(CreateEnrollmentRequest request, CallerIdentity caller)
    {
        var expires = core.Now() + Check(request);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
        await core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(new EnrollmentRow
            {
                Consortium = scope.Consortium,
                SecretHash = Hash(secret),
                BranchId = request.BranchId,
                NodeId = request.NodeId,
                ExpiresAt = expires.ToUnixTimeMilliseconds(),
                CreatedBy = caller.Name,
            });
        });
        var token = new EnrollmentToken
        {
            Secret = secret,
            CaCertificate = ByteString.CopyFrom(authority.Certificate.RawData),
            Register = endpoint.Address,
            BranchId = request.BranchId,
            NodeId = request.NodeId,
            ExpireTime = expires.ToProto(),
        };
        return new CreateEnrollmentResponse { Token = Base64Url.EncodeToString(token.ToByteArray()), ExpireTime = token.ExpireTime };
    }

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private Duration Check(CreateEnrollmentRequest request)
    {
        var wellFormed = request.NodeId.Length is > 0 and <= NodeIdMax && request.NodeId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        if (!wellFormed)
            throw Refused.With(StatusCode.InvalidArgument, "NODE_ID", $"node_id must be 1 to {NodeIdMax} letters, digits, '-', '_' or '.'.");
        var validity = Field.Span(request.ValidFor, "valid_for") ?? DefaultValidity;
        if (validity <= Duration.Zero || validity > ValidityMax)
            throw Refused.With(StatusCode.InvalidArgument, "VALID_FOR", "valid_for must be more than nothing and at most 7 days.");
        if (core.Index.Branch(request.BranchId) is null)
            throw Refused.With(StatusCode.NotFound, "BRANCH_UNKNOWN", $"There is no branch '{request.BranchId}'; apply it first.");
        return validity;
    }
}
