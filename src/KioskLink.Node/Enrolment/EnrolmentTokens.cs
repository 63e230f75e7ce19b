using System.Buffers.Text;
using Google.Protobuf;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Enrolment;

/// <summary>Reads the one-time enrolment token that a technician put on the node.</summary>
internal static class EnrolmentTokens
{
    private const int MaxCharacters = 16 * 1024;

    /// <summary>The token of a file.</summary>
    /// <exception cref="StartProblem">There is none, or it is damaged, or it is for another node.</exception>
    public static EnrollmentToken Read(NodeConfig config)
    {
        if (config.Enrollment is not { } path || !File.Exists(path))
            throw new StartProblem($"The node has no certificate yet and finds no enrolment token at '{config.Enrollment}' (key \"enrollment\"): make one with `kiosklink node enroll` and put it there.");
        var token = Parse(path);
        if (token.NodeId != config.Node || token.BranchId != config.Branch)
            throw new StartProblem($"The enrolment token at {path} is for node '{token.NodeId}' of branch '{token.BranchId}', but this is '{config.Node}' of '{config.Branch}': make one for this node with `kiosklink node enroll`.");
        return token;
    }

    private static EnrollmentToken Parse(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxCharacters)
                throw new FormatException("it is too long");
            var token = EnrollmentToken.Parser.ParseFrom(Base64Url.DecodeFromChars(File.ReadAllText(path).Trim()));
            return token.Secret.Length > 0 && token.CaCertificate.Length > 0 ? token : throw new FormatException("it is incomplete");
        }
        catch (Exception damage) when (damage is FormatException or InvalidProtocolBufferException)
        {
            throw new StartProblem($"The enrolment token at {path} is damaged ({damage.Message}): copy it whole, or make a new one with `kiosklink node enroll`.");
        }
    }
}
