using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.FakeRegister;

/// <summary>A file as it reached the register.</summary>
internal sealed record ImportedFile(ImportStart? Start, ByteString Bytes);

/// <summary>What a fake register was asked, and what it is to answer. Answers are given by request type; a function sees the request.</summary>
internal sealed class Script
{
    private readonly Dictionary<Type, Func<IMessage, IMessage>> _answers = [];
    private readonly List<IMessage> _requests = [];

    /// <summary>Subject of the last caller's certificate.</summary>
    public string Caller { get; set; } = "";

    /// <summary>What an import answers to a file.</summary>
    public Func<ImportedFile, IEnumerable<ImportPatronsResponse>> Import { get; set; } = _ => [];

    /// <summary>What a node's journal holds.</summary>
    public Func<WatchJournalRequest, IEnumerable<WatchJournalResponse>> Journal { get; set; } = _ => [];

    /// <summary>The sheet of a node's doctor.</summary>
    public Func<RunDoctorRequest, RunDoctorResponse> Doctor { get; set; } = _ => new RunDoctorResponse { Done = true };

    /// <summary>What comes of a work on a node's devices.</summary>
    public Func<WorkOnDeviceRequest, IEnumerable<DeviceActReport>> Work { get; set; } = _ => [];

    /// <summary>What goes by on a node's line.</summary>
    public Func<WatchTraceRequest, IEnumerable<WatchTraceResponse>> Trace { get; set; } = _ => [];

    /// <summary>The file that reached a node whole.</summary>
    public byte[] Sent { get; set; } = [];

    /// <summary>Notes a request that is answered by more than one answer.</summary>
    public void Note(IMessage request)
    {
        lock (_requests)
            _requests.Add(request);
    }

    /// <summary>The requests of one type, in order.</summary>
    public IReadOnlyList<T> Requests<T>()
    {
        lock (_requests)
            return _requests.OfType<T>().ToList();
    }

    /// <summary>Answers requests of a type.</summary>
    public void On<TRequest>(Func<TRequest, IMessage> answer)
        where TRequest : IMessage => _answers[typeof(TRequest)] = request => answer((TRequest)request);

    /// <summary>Refuses requests of a type as the register does.</summary>
    public void Refuse<TRequest>(StatusCode code, string reason, string sentence)
        where TRequest : IMessage =>
        On<TRequest>(_ => throw new RpcException(new Status(code, $"{reason}: {sentence}"), new Metadata { { "kiosklink-reason", reason } }));

    /// <summary>The answer to a request; a request without one fails the call.</summary>
    public Task<TResponse> Answer<TResponse>(IMessage request)
    {
        lock (_requests)
            _requests.Add(request);
        return Task.FromResult((TResponse)_answers[request.GetType()](request));
    }
}
