using System.Buffers.Text;
using Google.Protobuf;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Tests.Rig;

/// <summary>What a register gives to a node that enrols.</summary>
internal static class Enrolments
{
    public static string Token(TestAuthority authority) => Base64Url.EncodeToString(new EnrollmentToken
    {
        Secret = "secret",
        CaCertificate = ByteString.CopyFrom(authority.Certificate.RawData),
        BranchId = TestAuthority.Branch,
        NodeId = TestAuthority.Node,
    }.ToByteArray());

    public static EnrollNodeResponse Certify(TestAuthority authority, EnrollNodeRequest request) => new()
    {
        Certificate = ByteString.CopyFrom(authority.Certify(request.CertificateRequest.ToByteArray()).RawData),
        CaCertificate = ByteString.CopyFrom(authority.Certificate.RawData),
        EnvelopeKey = ByteString.CopyFrom(authority.EnvelopeKey.ExportSubjectPublicKeyInfo()),
        Consortium = TestAuthority.Consortium,
        BranchId = TestAuthority.Branch,
        NodeId = TestAuthority.Node,
    };
}
