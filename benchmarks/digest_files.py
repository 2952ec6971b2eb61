"""Digest files for benchmarks: as long as what the sites publish that matter most, and in our own words."""

_SUBJECTS = (
    "海鸥实验室发布新一代多语言模型 Gull-4，推理成本下降一半",
    "开源社区推出轻量级向量数据库，单机可容纳十亿条记录",
    "芯片厂商展示面向边缘设备的低功耗加速卡，年底开始供货",
    "研究者提出新的长文本训练方法，上下文可达两百万个词元",
    "某云平台上线智能体托管服务，按实际运行时间计费",
    "大学团队公开机器人操作数据集，覆盖三百种日常任务",
    "语音合成项目 Lark 迎来重大更新，支持四十种方言",
    "监管机构就生成内容标识办法征求意见，为期六十天",
)
_TOLD = (
    "据项目负责人介绍，**这是该团队两年来规模最大的一次更新**，从数据清洗到评测流程都重新做了一遍。",
    "在公开的测试集合上，新版本的平均得分比上一代提高了百分之十二，而所需的显存只有原来的六成左右。",
    "开发者可以通过命令行工具直接试用，文档、示例以及迁移指南也已同步上线，旧接口将继续维护到明年春天。",
    "有评论认为，真正的考验在于大规模部署之后的稳定性，以及社区能否在短时间内跟上。",
)


def a_digest_file(*, number: int = 0, items: int = 8, categories: tuple[str, ...] = ("模型", "开源", "芯片")) -> str:
    """Write the digest file *number*, of eight items as long as one that comes every four hours: one message part."""
    listed = ", ".join(f'"{category}"' for category in categories)
    lines = [f'---\ntitle: "第 {number} 期：过去四小时的新消息"\ncategories: [{listed}]\n---\n']
    for item in range(items):
        link = f"https://example.org/digests/{number}/stories/{item}?from=digest"
        told = "".join((*_TOLD[item % 4 :], *_TOLD[: item % 4]))
        lines.append(f"{item + 1}. [{_SUBJECTS[item % 8]}]({link})\n\n   {told}\n")
    return "\n".join(lines)
