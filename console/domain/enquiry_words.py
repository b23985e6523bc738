"""The words that a question about goods is made of, beside clothes, colours and sizes.  Data only.

Folded, without spaces at the ends.  What clothes are called is in ``garments``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Ask(StrEnum):
    """What a member wants to know of an article, or have done with it."""

    STOCK = "stock"
    PRICE = "price"
    COLOURS = "colours"
    SIZES = "sizes"
    HOLD = "hold"
    FITTING = "fitting"
    RESTOCK = "restock"
    SIMILAR = "similar"
    DETAIL = "detail"
    WISH = "wish"


def _lists(words: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(listed.split("|")) for name, listed in words.items()}


ASKS: Final = _lists({
    "stock": (
        "有吗|有么|有嘛|有不|有没|有没有|还有|还有没|还有货|有货|有现货|现货|还在|还剩|剩几|几件|断码|断货|卖完|有的吗|是否有|"
        "有|do you have|do u have|have you got|in stock|available|any left|left|still there|"
        "come in|comes in|got any|any"
    ),
    "price": (
        "多少钱|几多钱|几钱|多少|什么价|啥价|价格|价位|价钱|怎么卖|几折|打折|折扣|有折|便宜|优惠|会员价|原价|贵不贵|"
        "how much|price|prices|discount|cheaper|cost|on sale"
    ),
    "colours": (
        "有什么颜色|有哪些颜色|有几个颜色|有几种颜色|有啥颜色|什么颜色|啥颜色|几个颜色|几种颜色|别的颜色|其他颜色|其它颜色|哪些颜色|哪几个颜色|哪几种颜色|两个颜色|"
        "什么色|哪些色|别的色|other colors|other colours|what colors|what colours|which colours"
    ),
    "sizes": (
        "有什么码|有哪些码|有几个码|有什么尺码|有哪些尺码|什么码|啥码|哪些码|几个码|多大码|哪个码|什么尺码|哪些尺码|尺码|多大|多大号|什么号|偏大|偏小|正码|穿得下|能穿|"
        "穿得了|合不合适|what size|what sizes|which size|which sizes|run small|run large|fit me"
    ),
    "hold": (
        "留一件|留一条|留一个|留一下|留着|给我留|帮我留|留件|留个|留到|各留|预留|留|我要了|就要|我要|都要|来一件|来一条|"
        "包起来|hold|keep|reserve|put aside|i'll take"
    ),
    "fitting": (
        "试穿|试试|试一下|试衣间|来试|能试|想试|先试|一起试|试|"
        "try on|try it on|try them|fitting room"
    ),
    "restock": (
        "到货|补货|什么时候有|啥时候有|到了告诉|到了通知|到了叫|通知我|告诉我|叫我|缺货|再进|会补|"
        "restock|back in stock|let me know|notify me"
    ),
    "similar": "类似|差不多|相似|同类|别的款|similar|something like|like this",
    "detail": (
        "料子|面料|材质|什么料|成分|掉色|褪色|起球|掉毛|缩水|机洗|水洗|手洗|干洗|透不透|透吗|会透|厚不厚|厚吗|薄吗|很硬|"
        "硬吗|扎吗|扎人|扎不扎|弹力|有弹|里衬|内衬|有内|多长|衣长|裙长|裤长|纯棉|真皮|实物|色差|上身图|显胖|显瘦吗|"
        "real wool|real leather|real silk|material|fabric|made of|machine wash|shrink|lined|thick"
    ),
    "wish": (
        "想要|想买|买件|买条|买个|买一|想看|想问|要个|要一|要件|要条|要的|也要|还要|推荐|看看|有什么|有哪些|有啥|哪些|哪个|求|"
        "looking for|look for|want|need|i'd like|please|pls|could i|show me"
    ),
})  # fmt: skip
"""By ``Ask``; of several at one place the longest counts."""

QUESTIONS: Final = tuple("?|吗|么|呢|会不会|能不能|可不可以|什么|是不是|is it|does|how".split("|"))
"""What makes a question by itself."""
HALF_QUESTIONS: Final = tuple("可以|怎么|还是|不|没|嘛".split("|"))
"""What makes one of words about cloth and care."""

REPORTS: Final = tuple((
    "收到|起球了|掉了|坏了|破了|合身|染蓝|洗缩|洗了|洗一次|怎么办|怎么处理|发错|你们发|少发|质量|退货|退款|退吗|退吧|能退|可以退|"
    "换货|可以换|能换|换吗|退回|好评|好看|漂亮|好正|送的|跑毛|改短|改小|太长|太短|说好|已经买|买到了|卖掉|怎么没|标错|不要了|不想要|算了|不用了|"
    "谢谢你们|服务|received|love it|thank you for|refund|return it|broke"
).split("|"))  # fmt: skip
"""Said of goods that she has, or wants no more: with these, silence needs a clear question."""
AFTER_SALE: Final = frozenset((
    "标错|发错|少发|你们发|退货|退款|退吗|退吧|能退|可以退|换货|可以换|能换|换吗|退回|"
    "refund|return it"
).split("|"))  # fmt: skip
"""With these, goods are no question at all."""

MATTERS: Final = frozenset((
    "运费|快递|包裹|发货|发票|积分|会员卡|优惠券|生日券|代金券|地址|停车|几点|几号|几楼|电话|手机号|单号|密码|退订|"
    "活动|钥匙|雨伞|的伞|把伞|落在|落店|没人|营业|开门|关门|上班|刷卡|支付宝|微信|转账|链接|小票|wifi|open|parking|located|visa|alipay|deliver|delivery"
).split("|"))  # fmt: skip
"""Of the shop, not of goods: what has no name of an article beside these asks for none."""

NOISE: Final = frozenset((
    "我要的是|红包|绿码|黑眼圈|白等|明白|白天|小白|大白|面包|钱包|包裹|包邮|包装|包装袋|书包|打包|"
    "红绿灯|黄金|黄牛|粉丝|蓝牙|灰尘|黑车|大小|大家|有空|有点|有事|有人|所有|只有|"
    "具有|有效|特别|区别|上衣间|下班|上门|到店|上身|衣架|青年|年会|朋友圈|裤脚|裤边|"
    "包括|承包|红烧|白酒|一起|优衣库|短信|短视频|长期|大众|好吗|没货|sit down|let down|t|"
    "td|i have|i'll have|anything|anyone|red light|white house|at least"
).split("|"))  # fmt: skip
"""Longer words that hold a colour, a garment or a question by chance."""

POINTERS: Final[dict[str, str]] = {
    word: measure
    for measure, words in {
        "件": "那件|这件|刚才那件|上次那件|this one|that one|this|that",
        "条": "那条|这条",
        "双": "那双|这双",
        "顶": "那顶|这顶",
        "套": "那套|这套",
        "": (
            "那款|这款|那个|这个|同款|刚才那个|图上|照片里|图片里|上面那个|上面那|"
            "第一个|第一件|第一款|it|this item|them|these|those"
        ),
    }.items()
    for word in words.split("|")
}
"""Words for what is before one's eyes, with the measure word that narrows what it can be."""
MEASURED: Final[dict[str, frozenset[str]]] = {
    "件": frozenset(
        "down trench overcoat padded outer suit cardigan knit hoodie polo shirt tee top dress "
        "home".split()
    ),
    "条": frozenset("dress skirt gown jeans shorts jumpsuit trousers scarf tie belt".split()),
    "双": frozenset("shoes socks gloves".split()),
    "顶": frozenset(["hat"]),
    "套": frozenset("home suit".split()),
}
"""Which kinds a measure word counts."""

WEARERS: Final[dict[str, str]] = {
    word: wearer
    for wearer, words in {
        "m": (
            "男|男款|男士|男装|男生|男式|老公|男朋友|男友|儿子|爸|我爸|爸爸|老爸|哥哥|弟弟|men|men's|mens|man|husband|"
            "boyfriend|son|dad|for him"
        ),
        "f": (
            "女|女款|女士|女装|女生|女式|老婆|女朋友|女友|女儿|妈|我妈|妈妈|老妈|闺蜜|姐姐|妹妹|women|women's|womens|"
            "woman|wife|girlfriend|daughter|mum|mom|ladies|for her"
        ),
    }.items()
    for word in words.split("|")
}  # fmt: skip
BREAKS: Final = tuple(
    ",|。|;|!|?|、|\n|.|和|跟|以及|或者|再看看|再来|and|or|&|+|没有的话|另外|:|/".split("|")
)
"""Where one article ends and the next may begin."""
FILLERS: Final = tuple((
    "亲|宝|没有|你好|您好|请问|麻烦|老板|老板娘|的|了|啊|呀|哦|吧|哈|嘛|一件|一条|一个|一双|一顶|两件|两条|三双|各|给|我|要|码|号|"
    "色|颜色|款|那|这|也|都|谢谢|size|colour|color|in|a|an|the|some|hi|hello|please|for|me|穿|货号"
).split("|"))  # fmt: skip
"""Words that say nothing more: a message of an article and these is a terse question."""

SUBKINDS: Final = _lists({
    "scarf": "围巾|披肩|丝巾|scarf|shawl",
    "hat": "帽子|帽|棒球帽|毛线帽|渔夫帽|beanie|cap|hat",
    "gloves": "手套|gloves|glove",
    "belt": "腰带|皮带|belt",
    "socks": "袜子|袜|中筒袜|短袜|socks|sock",
    "tie": "领带|tie|necktie",
    "bag": "包包|包|托特包|托特|帆布袋|帆布包|手提袋|tote|bag|tote bag",
    "vest": "马甲|背心|坎肩|vest|gilet",
    "leather": "皮衣|皮夹克|机车服|leather jacket|biker jacket|biker",
    "shell": "冲锋衣|shell|windbreaker",
    "sunjacket": "防晒衣|防晒服|皮肤衣|防晒外套|sun jacket",
    "qipao": "旗袍|qipao|cheongsam",
    "turtleneck": "高领|高领毛衣|turtleneck",
    "wideleg": "阔腿裤|宽腿裤|wide leg trousers|wide trousers",
    "dungarees": "背带裤|dungarees|overalls",
    "joggers": "束脚裤|卫裤|运动裤|joggers|sweatpants",
    "chinos": "锥形裤|chinos",
    "suittrousers": "西裤|suit trousers",
})  # fmt: skip
"""Finer than kinds, and names of clothes like those."""
WIDER: Final = _lists({
    "gown": "dress|skirt", "trousers": "jeans|shorts|jumpsuit", "knit": "cardigan",
    "outer": "trench|overcoat|down|padded|suit", "overcoat": "trench",
    "accessory": "scarf|hat|gloves|belt|socks|tie|bag",
    "top": "vest", "tee": "polo", "padded": "down", "jumpsuit": "dungarees",
})  # fmt: skip
"""What else a word for one kind may mean."""
ANYTHING: Final = ("衣服", "clothes")
"""Any garment at all: a question only with a colour, size or pattern."""

CONCEPTS: Final = _lists({
    "plaid": "格纹|格子|方格|黑白格|格|plaid|checked|check|tartan",
    "dots": "波点|圆点|点点|polka dot|dots|dotted",
    "floral": "碎花|小花|花朵|印花|花裙|floral|flower|printed|print|aloha|夏威夷",
    "stripes": "条纹|条子|海魂|竖条|striped|stripes|stripe|breton|pinstripe",
    "houndstooth": "千鸟格|小香风|houndstooth",
    "denim": "牛仔|denim",
    "corduroy": "灯芯绒|条绒|corduroy",
    "linen": "亚麻|棉麻|linen",
    "silk": "真丝|丝绸|silk",
    "chiffon": "雪纺|chiffon",
    "wool": "羊毛|毛呢|双面呢|wool|woollen",
    "cashmere": "羊绒|cashmere",
    "fleece": "加绒|羊羔绒|抓绒|fleece",
    "canvas": "帆布|canvas",
    "knitted": "针织|knit|knitted",
    "cable": "麻花|落肩|cable",
    "long": "长款|长风衣|长大衣|长外套|长马甲|long",
    "short": "短款|短外套|短羽绒服|short|cropped",
    "shortsleeved": "短袖|short sleeve",
    "longsleeved": "长袖|long sleeve|long sleeved",
    "pleated": "百褶|百折|pleated",
    "highwaist": "高腰|high waist|high waisted",
    "wide": "阔腿|宽腿|wide leg|wide",
    "straight": "直筒|straight",
    "slim": "修身|紧身|slim",
    "embroidered": "刺绣|绣花|embroidered",
    "hooded": "连帽|带帽|hooded",
    "puff": "泡泡袖|puff|puff sleeve",
    "bow": "蝴蝶结|bow",
    "square": "方领|square neck",
    "vneck": "v领|v neck",
    "crew": "圆领|crew neck|crew",
    "sun": "防晒|sun",
    "work": "通勤|上班|职业|商务|office|work|business",
    "warm": "保暖|暖和|厚|加厚|厚外套|冬天|过冬|冬季|warm|winter|thick",
    "sport": "运动|跑步|健身|sport|sporty|running",
    "festive": "过年|喜庆|新年|本命年|festive",
    "summer": "夏季|夏天|凉快|summer",
    "chinese": "新中式|国风|中式|改良旗袍|盘扣|chinese style",
    "date": "约会|date night",
    "gift": "送礼|礼物|gift",
    "light": "轻薄|薄款|light|lightweight",
    "cheap": "百搭|basic|基础款",
})  # fmt: skip
"""What cloth, pattern, cut and occasion are called: one feature each, in names and style tags."""

_TRADITIONAL: Final = (
    "風风 紅红 藍蓝 綠绿 黃黄 褲裤 襯衬 裝装 絨绒 針针 織织 連连 還还 沒没 條条 個个 "
    "雙双 領领 號号 碼码 嗎吗 幾几 錢钱 價价 貨货 圍围 這这 闊阔 駝驼 馬马 帶带 裏里 "
    "裡里 請请 問问 謝谢 給给 買买 試试 適适 麼么 顏颜 霧雾 長长 軍军 駱骆 蔥葱 圓圆 "
    "純纯 絲丝 紗纱 練练 韓韩 兩两 點点 藥药 襪袜 爾尔 歲岁 補补 單单 顯显 "
)
SIMPLIFIED: Final = {ord(each[0]): each[1] for each in _TRADITIONAL.split()}
"""Traditional characters of these words, for ``str.translate``; each is one character."""
